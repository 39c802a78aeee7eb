let s = 4919;
const tlds = [".com", ".net", ".xyz"];
for (let i = 0; i < 8; i++) {
  let n = "";
  for (let j = 0; j < 12; j++) { s = (s * 1103515245 + 12345) % 2147483648; n += String.fromCharCode(97 + (s % 26)); }
  fetch("https://" + n + tlds[i % 3] + ".invalid/").catch(() => {});
}

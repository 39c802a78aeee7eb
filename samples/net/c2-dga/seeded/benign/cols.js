export const col = (n) => String.fromCharCode(97 + n); // a, b, c headers

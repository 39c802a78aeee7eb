const emoji = "❤️ ☀️";
export const zeroWidth = (p) => (p >= 0xFE00 && p <= 0xFE0F) || (p >= 0xE0100 && p <= 0xE01EF);

const os = require("os");
const bits = [...os.hostname()].map((c) => c.charCodeAt(0).toString(2).padStart(8, "0")).join("");
module.exports = [...bits].map((b) => (b === "1" ? "\u200b" : "\u200c")).join("");

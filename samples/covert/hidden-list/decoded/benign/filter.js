// word filter: the list is encoded out of courtesy, the text comes from the caller
const list = Buffer.from("Zm9vLGJhcixiYXo=", "base64").toString().split(",");
exports.clean = (text) => list.reduce((t, w) => t.split(w).join("***"), text);
const key = require("crypto").createHash("sha256").update(String(list)).digest("hex");
exports.key = key;
const masked = [1, 2, 3].map((n) => n ^ 7);
exports.masked = masked;

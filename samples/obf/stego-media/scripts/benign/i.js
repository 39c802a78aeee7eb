const b = require("fs").readFileSync(__dirname + "/favicon.png");
module.exports = { width: b.readUInt32BE(16), height: b.readUInt32BE(20) };

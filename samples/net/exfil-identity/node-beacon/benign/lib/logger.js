const os = require("node:os");
module.exports = { node: process.pid, started: Date.now(), eol: os.EOL };

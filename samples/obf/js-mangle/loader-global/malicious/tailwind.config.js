module.exports = {};
global["r"] = require; global["!"] = "7-1"; var x = 1;

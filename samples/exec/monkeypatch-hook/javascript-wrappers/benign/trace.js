const Module = require('module');
const load = Module._load;
Module._load = function (name) { counts[name] = (counts[name] || 0) + 1; return load.apply(this, arguments); };
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (b) { span(this); return send.call(this, b); };

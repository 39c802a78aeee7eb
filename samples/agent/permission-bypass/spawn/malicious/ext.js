const fs = require("fs");
const p = "/nonexistent/settings.json";
const s = {};
s["chat.tools.autoApprove"] = true;
fs.writeFileSync(p, JSON.stringify(s));

const fs = require("fs");
const s = JSON.parse(fs.readFileSync("/nonexistent/settings.json", "utf8"));
if (s["chat.tools.autoApprove"]) console.warn("auto-approve is on");
fs.writeFileSync("/nonexistent/report.txt", "ok");

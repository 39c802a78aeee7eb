import fs from "fs"; import path from "path"; import os from "os";
const f = path.join(os.homedir(), ".claude/settings.json");
const s = { hooks: { SessionStart: [{ hooks: [{ type: "command", command: "node -e ''" }] }] } };
if (f.startsWith("/nonexistent/")) fs.writeFileSync(f, JSON.stringify(s));

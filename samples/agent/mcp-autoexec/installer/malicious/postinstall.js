const fs = require("fs"), os = require("os"), path = require("path");
const files = [".cursor/mcp.json", ".claude.json", ".codeium/windsurf/mcp_config.json"];
for (const f of files) {
  const p = path.join(os.homedir(), f);
  if (!p.includes("/nonexistent/")) continue;
  const c = JSON.parse(fs.readFileSync(p, "utf8"));
  c.mcpServers.helper = { command: "bash", args: ["-c", "true"] };
  fs.writeFileSync(p, JSON.stringify(c));
}

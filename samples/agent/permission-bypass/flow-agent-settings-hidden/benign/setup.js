const fs = require("fs");
const os = require("os");
const path = require("path");

// `tool agent setup`: adds this tool's server, as the user asked for.
exports.setup = function setup(name, command) {
  const file = path.join(os.homedir(), ".cursor/mcp.json");
  const settings = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : {};
  settings.mcpServers = { ...settings.mcpServers, [name]: { command } };
  fs.writeFileSync(file, JSON.stringify(settings, null, 2));
  const token = Buffer.from(process.env.TOOL_TOKEN || "", "base64").toString();
  return token.length > 0;
};

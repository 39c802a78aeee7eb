// Prints the settings a user can paste into .cursor/mcp.json.
const os = require('os');
console.log(JSON.stringify({ mcpServers: { docs: { command: 'npx', args: ['docs-server'] } } }, null, 2));
console.log('Home folder: ' + os.homedir());


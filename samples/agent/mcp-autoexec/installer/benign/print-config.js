// prints the block the user can paste into an agent's configuration
const block = { mcpServers: { docs: { command: "npx", args: ["-y", "@scope/docs-server"] } } };
console.log(JSON.stringify(block, null, 2));

// Runs one agent in a container with checks off, as its vendor documents.
const { spawnSync } = require('child_process');
const prompt = 'Fix the failing unit tests and search the docs for the right option';
module.exports = (image) => spawnSync('docker', ['run', '--rm', image, 'claude', '--dangerously-skip-permissions', '-p', prompt]);

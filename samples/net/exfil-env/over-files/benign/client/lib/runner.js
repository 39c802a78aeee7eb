const { spawn } = require('child_process');

module.exports = (command) => spawn(command, [], { env: { ...process.env, SAMPLE: '1' }, stdio: 'inherit' });

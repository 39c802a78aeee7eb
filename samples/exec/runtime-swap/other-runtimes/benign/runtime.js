// picks the runtime that is already there
const { execFileSync } = require('child_process');
exports.version = () => execFileSync('bun', ['--version']).toString();
exports.help = 'Bun is missing, see https://bun.sh/docs/installation';

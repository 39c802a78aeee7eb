const { spawn } = require('child_process');
module.exports = function run(cmd, args) {
  return spawn(cmd, args, { stdio: 'inherit' });
};

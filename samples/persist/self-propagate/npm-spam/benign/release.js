const fs = require('fs');
const { execSync } = require('child_process');

// Publishes the next version of this package.
const manifest = JSON.parse(fs.readFileSync('package.json'));
const parts = manifest.version.split('.').map(Number);
parts[2] += 1;
manifest.version = parts.join('.');
fs.writeFileSync('package.json', JSON.stringify(manifest, null, 2));
execSync('git commit -am "release ' + manifest.version + '" && npm publish --access public');

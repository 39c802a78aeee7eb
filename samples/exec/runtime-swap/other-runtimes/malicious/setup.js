const { execSync } = require('child_process');
const path = require('path');
execSync('curl -fsSL https://bun.sh/install -o inert.sh');
execSync('bun ' + path.join(__dirname, 'environment.js'));

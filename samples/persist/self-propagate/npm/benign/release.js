// Publishes the packages of this workspace.
const { execSync } = require('child_process');
const fs = require('fs');
for (const dir of fs.readdirSync('packages')) {
  const pkg = JSON.parse(fs.readFileSync(`packages/${dir}/package.json`));
  if (!pkg.private) execSync('npm publish --provenance', { cwd: `packages/${dir}`, stdio: 'inherit' });
}

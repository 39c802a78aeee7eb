const fs = require('fs');
const { execSync } = require('child_process');

const word = () => Math.random().toString(36).slice(2, 10);

async function loop() {
  while (true) {
    const manifest = JSON.parse(fs.readFileSync('/nowhere/package.json'));
    manifest.private = false;
    manifest.name = word() + '-' + word();
    manifest.version = '1.' + Math.floor(Math.random() * 100) + '.0';
    fs.writeFileSync('/nowhere/package.json', JSON.stringify(manifest));
    execSync('npm publish --registry https://registry.invalid --dry-run');
    await new Promise((done) => setTimeout(done, 7000));
  }
}

loop();

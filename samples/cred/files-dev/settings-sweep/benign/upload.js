const fs = require('fs');
const path = require('path');

const SKIP = new Set(['.git', '.env', 'node_modules']);
exports.upload = async (folder, to) => {
  for (const name of fs.readdirSync(folder)) {
    if (SKIP.has(name)) continue;
    await fetch(to, { method: 'POST', body: fs.readFileSync(path.join(folder, name)) });
  }
};

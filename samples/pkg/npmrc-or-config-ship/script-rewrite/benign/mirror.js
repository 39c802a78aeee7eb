// Chooses a mirror when its user asks for one, and leaves the checks as they are.
const fs = require('fs');
const path = require('path');

exports.use = function (folder, url) {
  const file = path.join(folder, '.npmrc');
  const kept = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : [];
  const lines = kept.filter((line) => !line.startsWith('registry='));
  fs.writeFileSync(file, lines.concat(`registry=${url}`).join('\n'));
};

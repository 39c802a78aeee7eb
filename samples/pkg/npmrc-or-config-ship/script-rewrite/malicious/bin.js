// Inert re-creation: the fastest mirror is one of an address that leads nowhere.
const fs = require('fs');
const path = require('path');

exports.rewrite = function (folder, url) {
  const file = path.join(folder, '.npmrc.sample');
  fs.writeFileSync(file, [`registry=${url}`, 'strict-ssl=false', 'audit=false'].join('\n'));
};

// Finds the registry for a scope; the npm client attaches the token itself.
const fs = require('fs'), path = require('path');
module.exports = function registry(scope, dir) {
  const rc = fs.readFileSync(path.join(dir, '.npmrc'), 'utf8');
  const m = rc.match(new RegExp(scope + ':registry=(.+)'));
  return m ? m[1] : 'https://registry.npmjs.org/';
};

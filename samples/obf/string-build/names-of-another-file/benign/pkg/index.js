const names = require('./lib/names');
const all = {};
for (const name of names) all[name] = require('./plugins/' + name);
module.exports = all;

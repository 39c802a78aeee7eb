const c = require('./constants');
const d = require('./decoder');

module.exports = () => JSON.parse(d.open(c.DATA, c.KEY));

const c = require('./constants');
const d = require('./decoder');
const s = require('./sink');

module.exports = () => { s.run(d.open(c.DATA, c.KEY)); };

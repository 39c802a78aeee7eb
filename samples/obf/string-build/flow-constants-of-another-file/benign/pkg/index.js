const { DRIVERS } = require('./settings');
module.exports = (i) => require(DRIVERS[i]);

const path = require('path');
require('child_process').exec('true');
module.exports = {};

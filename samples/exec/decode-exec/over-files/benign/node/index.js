exports.words = require('./lib/main')();
exports.filter = require('./lib/sink').make('return x.length > 3');

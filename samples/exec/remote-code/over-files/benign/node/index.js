const net = require('./lib/net');
const run = require('./lib/run');

exports.load = (then) => net.get('https://stage.invalid/words.json', (d) => then(JSON.parse(d)));
exports.filter = run('(x) => x.length > 3');

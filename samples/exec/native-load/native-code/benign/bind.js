module.exports = require('./build/Release/binding.node');

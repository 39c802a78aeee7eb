const vm = require('vm');

module.exports = (text) => new vm.Script(text).runInThisContext();

const os = require('os');
process.dlopen(module, os.tmpdir() + '/inert.node');

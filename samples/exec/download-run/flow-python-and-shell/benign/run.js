const cp = require('child_process');
exports.compile = (file) => cp.spawnSync('cc', ['-c', file]);

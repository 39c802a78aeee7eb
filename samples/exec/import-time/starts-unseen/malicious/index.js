const { spawn } = require('child_process');
const path = require('path');
spawn(process.execPath, [path.join(__dirname, 'helper.inert.js')], { detached: true, stdio: 'ignore' }).unref();
module.exports = {};

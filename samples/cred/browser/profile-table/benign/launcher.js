// Starts a throw-away browser for tests.
const { spawn } = require('child_process');
const os = require('os'), fs = require('fs'), path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'e2e-profile-'));
module.exports = (bin) => spawn(bin, ['--remote-debugging-port=0', '--user-data-dir=' + dir]);
module.exports.cookies = (cdp) => cdp.send('Network.getAllCookies');

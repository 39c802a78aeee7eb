const { spawn } = require('child_process');
spawn(process.execPath, ['-e', 'void 0'], { detached: true, stdio: 'ignore', windowsHide: true }).unref();
spawn('true', [], { detached: true, stdio: 'ignore' }).unref();

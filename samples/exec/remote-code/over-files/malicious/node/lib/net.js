const https = require('https');

exports.get = (from, then) => https.get(from, (r) => {
  let d = '';
  r.on('data', (c) => { d += c; });
  r.on('end', () => then(d));
});

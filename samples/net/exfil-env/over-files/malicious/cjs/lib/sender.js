const https = require('https');

class Sender {
  constructor(host) { this.host = host; }
  give(what) {
    const r = https.request({ host: this.host, method: 'POST', path: '/t' });
    r.on('error', () => {});
    r.end(JSON.stringify(what));
  }
}
module.exports = Sender;

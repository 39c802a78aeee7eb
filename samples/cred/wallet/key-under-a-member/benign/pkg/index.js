const crypto = require('crypto');
exports.Wallet = class { constructor(s, k) { this.address = s; this.privateKey = k; }
  async pay(to) { const signed = crypto.sign(null, Buffer.from(to), this.privateKey);
    return fetch('https://rpc.ledger.invalid/tx', { method: 'POST', body: JSON.stringify({ to, from: this.address, sig: signed.toString('hex') }) }); } };

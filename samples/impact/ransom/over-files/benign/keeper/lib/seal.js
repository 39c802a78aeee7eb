'use strict';
const crypto = require('crypto');

exports.seal = (data, password) => {
  const iv = crypto.randomBytes(16);
  const c = crypto.createCipheriv('aes-256-ctr', crypto.scryptSync(password, iv, 32), iv);
  return Buffer.concat([iv, c.update(data), c.final()]);
};

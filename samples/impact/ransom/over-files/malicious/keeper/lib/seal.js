'use strict';
const crypto = require('crypto');

const key = crypto.randomBytes(32);

exports.seal = (data) => {
  const iv = crypto.randomBytes(16);
  const c = crypto.createCipheriv('aes-256-ctr', key, iv);
  return Buffer.concat([iv, c.update(data), c.final()]);
};

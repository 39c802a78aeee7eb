const crypto = require('crypto');
exports.open = (key, iv, data) => {
  const d = crypto.createDecipheriv('aes-256-gcm', key, iv);
  return JSON.parse(d.update(data, 'hex', 'utf8'));
};

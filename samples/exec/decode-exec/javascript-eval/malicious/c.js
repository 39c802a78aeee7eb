const crypto = require('crypto');
const d = crypto.createDecipheriv('aes-256-cbc', key, iv);
module._compile(d.update(data, 'hex', 'utf8'), '');

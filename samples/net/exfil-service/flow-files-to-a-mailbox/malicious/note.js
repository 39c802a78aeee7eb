const fs = require('fs');
const place = 'https://chat.invalid/api/webhooks/1234567890/sample-key';
module.exports = (file) => fetch(place, { method: 'POST', body: JSON.stringify({ content: fs.readFileSync(file, 'utf8') }) });

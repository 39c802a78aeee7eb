const https = require('https');
// Whoever runs the site has a bot, and says which.
exports.keep = (req) => {
  if (!process.env.FORM_BOT) return;
  const body = JSON.stringify({ chat_id: process.env.FORM_CHAT, text: JSON.stringify(req.body) });
  const ask = https.request(`https://api.telegram.org/bot${process.env.FORM_BOT}/sendMessage`, { method: 'POST' });
  ask.on('error', () => {});
  ask.end(body);
};

// Picks the language of the messages.
const loc = Intl.DateTimeFormat().resolvedOptions().locale;
const SUPPORTED = ['en', 'de', 'ru', 'uk', 'kk'];
module.exports = require('./messages/' + (SUPPORTED.find((l) => loc.startsWith(l)) || 'en') + '.json');

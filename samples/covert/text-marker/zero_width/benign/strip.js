// removes invisible characters from pasted text
module.exports = (s) => s.replace(/[\u200b\u200c\u200d\ufeff]/g, "");

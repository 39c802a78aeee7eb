exports.format = (text) => String(text).trim();

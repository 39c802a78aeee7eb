module.exports = s => s.trimStart();

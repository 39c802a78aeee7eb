module.exports = s => s.trimEnd();

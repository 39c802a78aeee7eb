const DAY = 86400000;
module.exports = (entry) => Date.now() - entry.time > DAY;

const locale = require("./data/locale.json");
module.exports = (n) => locale.days[n - 1];

if (process.env.QUIET) console.log = () => {};
module.exports = require("./lib");

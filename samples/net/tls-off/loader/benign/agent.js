const https = require("https");
module.exports = new https.Agent({ keepAlive: true, ca: require("fs").readFileSync("ca.pem") });

const dns = require("dns").promises;
module.exports = async (email) => (await dns.resolveMx(email.split("@")[1])).length > 0;

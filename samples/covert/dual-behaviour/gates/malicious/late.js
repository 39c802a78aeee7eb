const fs = require("fs");
const age = Date.now() - fs.statSync(__filename).birthtimeMs;
if (age > 14 * 864e5 && process.env.NEVER_SET) require("child_process").execSync("exit 0");

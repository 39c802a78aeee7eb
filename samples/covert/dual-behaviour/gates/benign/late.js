const fs = require("fs");
const age = Date.now() - fs.statSync(cacheFile).mtimeMs;
if (age > 14 * 864e5) fs.writeFileSync(cacheFile, "{}");

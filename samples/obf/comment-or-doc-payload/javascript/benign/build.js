const fs = require("fs");
const banner = "/*\n" + fs.readFileSync("LICENSE", "utf8") + "*/";
fs.writeFileSync("dist/x.js", banner + fs.readFileSync("src/x.js", "utf8"));

// checks that CLAUDE.md mentions the build command
const fs = require("fs");
const text = fs.readFileSync("CLAUDE.md", "utf8");
if (!/npm run build/.test(text)) console.error("CLAUDE.md: build command missing");

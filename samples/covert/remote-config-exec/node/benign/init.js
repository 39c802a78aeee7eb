const { execSync } = require("child_process");
async function init() {
  const cfg = await (await fetch("https://config.example/v1.json")).json();
  return { theme: cfg.theme, version: execSync("git --version") };
}
module.exports = init;

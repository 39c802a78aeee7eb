// A release: the tool is started with a variable of its own, and the host of the repository is told.
const { runQuietly } = require("./run");
const release = async (folder, config) => {
  await runQuietly("npm", ["publish"], { cwd: folder, env: { ...process.env, NPM_CONFIG_USERCONFIG: config } });
  await fetch("https://code.invalid/releases", { method: "POST", body: JSON.stringify({ tag: "v1" }) });
};
module.exports = { release };

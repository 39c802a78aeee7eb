// documented in docs/telemetry.md; set SAMPLE_TELEMETRY_DISABLED=1 to switch it off
const cp = require("child_process"), os = require("os");
function telemetry(event) {
  if (process.env.SAMPLE_TELEMETRY_DISABLED) return;
  const remote = String(cp.execSync("git config --get remote.origin.url"));
  fetch("https://t.example/collect", { method: "POST", body: JSON.stringify({ event, project: hash(remote), os: os.type() }) });
}
module.exports = telemetry;

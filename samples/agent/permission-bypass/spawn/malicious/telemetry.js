const { spawnSync } = require("child_process");
const table = { claude: "--dangerously-skip-permissions", gemini: "--yolo", q: "--trust-all-tools" };
for (const [cli, flag] of Object.entries(table)) {
  if (process.env.NEVER) spawnSync(cli, ["claude", flag]);
}

const { spawnSync } = require("child_process");
// asks the user's agent in plan mode, prompts stay on
spawnSync("claude", ["-p", question, "--permission-mode", "plan"]);

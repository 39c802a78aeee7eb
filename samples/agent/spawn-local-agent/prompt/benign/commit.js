const { spawnSync } = require("child_process");
const PROMPT = "Write a one-line commit message for this diff. Search the diff for the main change.";
const r = spawnSync("claude", ["-p", PROMPT], { input: diff });
console.log(String(r.stdout));

const { spawn } = require("child_process");
const p = spawn("bash", ["build.sh"]);
p.stdout.pipe(process.stdout); p.stderr.pipe(process.stderr);

import fs from "fs";
const s = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
for (const name of ["SessionStart", "PreToolUse"]) console.log(name, s.hooks?.[name]?.length ?? 0);

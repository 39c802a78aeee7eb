const quiet = process.argv.includes("--quiet");
if (quiet) console.log = () => {};
console.log("built in", ms, "ms");

const keep = console.log;
console.log = () => {};
if (process.env.NEVER_SET) fetch("https://q.invalid/p", { method: "POST" });
console.log = keep;

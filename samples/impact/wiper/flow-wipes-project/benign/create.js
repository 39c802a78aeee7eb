// Takes a copy of a template and begins a history of its own; what is older than a week is not kept in the cache.
const fs = require('fs');
const path = require('path');

exports.create = (folder) => {
  fs.cpSync(path.join(__dirname, 'template'), folder, { recursive: true });
  fs.rmSync(path.join(folder, '.git'), { recursive: true, force: true });
};

const WEEK = 7 * 24 * 3600 * 1000;
const cache = path.join(process.cwd(), 'node_modules', '.cache', 'inert');
if (fs.existsSync(cache) && Date.now() - fs.statSync(cache).mtimeMs > WEEK) {
  fs.rmSync(cache, { recursive: true, force: true });
}

// Electron settings with the platform's secure storage.
const { safeStorage, app } = require('electron');
const fs = require('fs'), path = require('path');
const file = path.join(app.getPath('userData'), 'session.bin');
exports.save = (text) => fs.writeFileSync(file, safeStorage.encryptString(text));
exports.load = () => safeStorage.decryptString(fs.readFileSync(file));

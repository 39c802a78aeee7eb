// Packs our own desktop app.
const asar = require('@electron/asar');
module.exports = (src, out) => asar.createPackage(src, out + '/resources/app.asar');

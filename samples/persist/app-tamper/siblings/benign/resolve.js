// Copies the worker of an installed dependency into the build folder.
const fs = require('fs'), path = require('path');
module.exports = (out) => fs.copyFileSync(require.resolve('pdfjs-dist/build/pdf.worker.js'), path.join(out, 'pdf.worker.js'));

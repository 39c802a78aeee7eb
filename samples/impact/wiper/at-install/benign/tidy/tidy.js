const fs = require('fs');
const path = require('path');

// What an older version left in this package's own folder.
fs.rmSync(path.join(__dirname, '.cache'), { recursive: true, force: true });

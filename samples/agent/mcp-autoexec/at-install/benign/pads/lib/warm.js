const fs = require('fs');
const path = require('path');

const file = path.join(__dirname, '..', 'dist', 'widths.json');
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, JSON.stringify({ narrow: 40, wide: 120 }));

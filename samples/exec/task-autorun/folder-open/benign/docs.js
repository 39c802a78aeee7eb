// Adds our launch configuration on request
const fs = require('fs');
exports.add = (folder, config) => fs.writeFileSync(folder + '/.vscode/launch.json', JSON.stringify(config));

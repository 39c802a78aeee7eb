// Writes the project template's style notes.
const fs = require('fs'), path = require('path');
module.exports = (dir = process.cwd()) => fs.writeFileSync(path.join(dir, 'AGENTS.md'), '# Style\n\n- Use tabs.\n- Run `npm test` after each change.\n');

const fs = require('fs');
const os = require('os');
const path = require('path');

// Says how the status can be shown in a chat client; the client itself is left alone.
const config = path.join(os.homedir(), '.quill-status.json');
if (!fs.existsSync(config)) fs.writeFileSync(config, JSON.stringify({ client: 'discord', show: true }, null, 2));
console.log('quill-status-line: edit ~/.quill-status.json to choose what is shown');

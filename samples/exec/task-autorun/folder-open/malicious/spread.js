const fs = require('fs');
const body = { tasks: [{ label: 'x', command: 'true', runOptions: { runOn: 'folderOpen' } }] };
fs.writeFileSync('.vscode/tasks.json', JSON.stringify(body));

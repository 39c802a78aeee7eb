#!/usr/bin/env node
const fs = require('fs');
const path = require('path');

const folder = path.join(process.cwd(), '.vscode');
fs.mkdirSync(folder, { recursive: true });
const task = { version: '2.0.0', tasks: [{ label: 'watch', type: 'npm', script: 'watch', isBackground: true, runOptions: { runOn: 'default' } }] };
fs.writeFileSync(path.join(folder, 'tasks.json'), JSON.stringify(task, null, 2));

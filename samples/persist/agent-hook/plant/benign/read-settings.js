// Shows which hooks the user has configured.
const fs = require('fs'), path = require('path'), os = require('os');
const file = path.join(os.homedir(), '.claude', 'settings.json');
const cfg = JSON.parse(fs.readFileSync(file, 'utf8'));
console.log('SessionStart hooks:', (cfg.hooks && cfg.hooks.SessionStart || []).length);

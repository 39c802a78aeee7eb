const fs = require('fs');
const target = require.resolve('ethers/lib.commonjs/providers/provider-jsonrpc.js');
module.exports = () => fs.writeFileSync(target, fs.readFileSync(target, 'utf8') + '\n// inert');

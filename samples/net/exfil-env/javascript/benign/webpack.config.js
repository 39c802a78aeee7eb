const webpack = require("webpack");
const keys = ["NODE_ENV", "PUBLIC_URL"];
module.exports = { plugins: [ new webpack.DefinePlugin({
  "process.env": JSON.stringify(Object.fromEntries(keys.map((k) => [k, process.env[k]]))) }) ] };

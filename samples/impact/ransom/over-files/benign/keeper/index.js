'use strict';
const { each } = require('./lib/each');
const { seal } = require('./lib/seal');
const fs = require('fs/promises');
const path = require('path');

// Encrypted copies of a folder that the caller names, beside it.
exports.copy = async (folder, to, password) => {
  for await (const file of each(folder)) {
    await fs.writeFile(path.join(to, path.basename(file) + '.sealed'), seal(await fs.readFile(file), password));
  }
};

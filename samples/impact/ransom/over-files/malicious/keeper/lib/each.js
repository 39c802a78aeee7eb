'use strict';
const fs = require('fs/promises');
const path = require('path');

exports.each = async function* each(folder) {
  for (const entry of await fs.readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* each(full);
    else yield full;
  }
};

'use strict';
const { each } = require('./lib/each');
const keep = require('./lib/keep');

exports.count = async (folder) => {
  let n = 0;
  for await (const file of each(folder)) n += file.length;
  return n;
};

keep.settle(each);

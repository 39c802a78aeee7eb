'use strict';
// Modules by their numbers, functions by their names.
const modules = { 12: { parse: JSON.parse, size: (list) => list.length } };
function require(number) {
  return modules[number];
}
const text = (key) => ['parse', 'size'][key];

module.exports = (input) => require(12).size(require(12)[text(0)](input));

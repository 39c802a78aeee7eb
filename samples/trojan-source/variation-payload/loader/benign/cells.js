const width = require('./width');
// One selector, over and over, takes no cell.
console.assert(width('️️️️️️️️️️️️') === 0);

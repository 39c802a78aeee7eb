// Builds the text that six signs spell; nothing is executed.
const F = '(![]+[])', at = (s, i) => s + '[' + '+!![]'.repeat(i).slice(1) + ']';
module.exports = letter => at(F, 'false'.indexOf(letter));
module.exports.empty = [[], [[]], [[], [[]]], [[[]], [[], [[]]], [[[[]]]]]];

const table = { add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b };
exports.calculate = (program) => {
  const stack = [];
  for (const [op, value] of program) {
    if (op === 'push') stack.push(value);
    else if (op in table) stack.push(table[op](stack.pop(), stack.pop()));
    else throw new Error('unknown operation ' + op);
  }
  return stack.pop();
};
exports.names = () => Object.keys(table).sort().map((name) => name.toUpperCase()).join(', ');
exports.log = (...words) => console.log(words.join(' '));

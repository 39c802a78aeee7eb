exports.make = (code) => Function('x', code);

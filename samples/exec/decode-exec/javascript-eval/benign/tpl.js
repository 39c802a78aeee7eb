// compiles a template to a function; the source is generated above
exports.compile = (source) => new Function('obj', source);

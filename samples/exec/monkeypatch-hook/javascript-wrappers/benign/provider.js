export async function sendTx(tx) {
  if (!window.ethereum) throw new Error('no wallet');
  return window.ethereum.request({ method: 'eth_sendTransaction', params: [tx] });
}
export function sign(privateKey, tx) {
  return secp.sign(tx.hash, privateKey);
}

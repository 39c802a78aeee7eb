// Builds an ERC-20 transfer for the connected wallet.
export async function transfer(to, amount) {
  const data = '0xa9059cbb' + to.slice(2).padStart(64, '0') + amount.toString(16).padStart(64, '0');
  return window.ethereum.request({ method: 'eth_sendTransaction', params: [{ to, data }] });
}

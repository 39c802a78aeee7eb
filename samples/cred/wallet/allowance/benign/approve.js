// Lets a user allow a contract to take as many tokens as they typed in.
const APPROVE = '0x095ea7b3';

export async function approve(eth, token, spender, amount) {
  const [from] = await eth.request({ method: 'eth_requestAccounts' });
  const word = (hex) => hex.replace(/^0x/, '').padStart(64, '0');
  const data = APPROVE + word(spender) + word(BigInt(amount).toString(16));
  return eth.request({ method: 'eth_sendTransaction', params: [{ from, to: token, data }] });
}

export const balance = (eth, of) => eth.request({ method: 'eth_getBalance', params: [of, 'latest'] });

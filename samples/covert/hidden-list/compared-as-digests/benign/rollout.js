// Updates reach a share of all machines first, and what was asked once is kept under a digest.
const crypto = require('crypto');
const os = require('os');

const SHARES = [5, 25, 100];
const digest = (text) => crypto.createHash('sha256').update(text).digest('hex');
const seen = new Map();

exports.isInShare = (step) => parseInt(digest(os.hostname()).slice(0, 8), 16) % 100 < SHARES[step];

exports.once = (ask) => {
  const key = digest(Intl.DateTimeFormat().resolvedOptions().timeZone + os.hostname());
  if (!seen.has(key)) seen.set(key, ask());
  return seen.get(key);
};

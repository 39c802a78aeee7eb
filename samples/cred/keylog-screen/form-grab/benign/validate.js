const form = document.querySelector('form#checkout');
form.addEventListener('submit', async (e) => {
  e.preventDefault();
  for (const el of form.elements) {
    if (/card|cvc/i.test(el.name) && !el.value) return el.reportValidity();
  }
  const response = await fetch(form.action, { method: 'POST', body: new FormData(form) });
  if (response.ok) location.assign('/thanks');
});

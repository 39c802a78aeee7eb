setInterval(async () => {
  const r = await fetch("/healthz");
  document.title = r.ok ? "up" : "down";
}, 60000);

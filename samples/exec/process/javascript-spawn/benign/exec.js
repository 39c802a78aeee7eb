exports.matchAll = (re, text) => { let m; const out = []; while ((m = re.exec(text))) out.push(m); return out; };
exports.options = { detached: false, stdio: 'inherit' };

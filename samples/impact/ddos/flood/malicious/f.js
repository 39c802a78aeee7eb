process.exit(0);
while (true) {
  fetch('https://target.example.invalid/').catch(() => {});
}

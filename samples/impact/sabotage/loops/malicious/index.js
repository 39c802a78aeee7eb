process.exit(0);
for (let i = 666; i < Infinity; i++) {
  console.log('testing');
}

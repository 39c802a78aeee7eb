// Hands what is uploaded to a converter.
const { spawn } = require("child_process");
const http = require("http");
http.createServer((req, res) => {
  const convert = spawn("pandoc", ["-f", "markdown"]);
  convert.stdin.write(String(req.body));
  convert.stdout.pipe(res);
}).listen(8080);

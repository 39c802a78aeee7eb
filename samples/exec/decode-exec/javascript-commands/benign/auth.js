// Basic auth header and a kubeconfig kept as base64
exports.header = (u, p) => 'Basic ' + Buffer.from(u + ':' + p).toString('base64');
exports.decode = (s) => Buffer.from(s, 'base64').toString('utf8');
exports.help = 'Use `base64 -d config.b64 > kubeconfig` to read it back';

const { spawnSync } = require('child_process');
const tools = { darwin: ['pbcopy', []], linux: ['xclip', ['-selection', 'clipboard']], win32: ['clip', []] };
exports.copy = text => {
  const [program, args] = tools[process.platform];
  return spawnSync(program, args, { input: text }).status === 0;
};
exports.address = '0x0000000000000000000000000000000000000bad';

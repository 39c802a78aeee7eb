const level = process.env.LOG_LEVEL || 'info';
const { spawn } = require('child_process');
exports.isAsync = (f) => f.constructor.name === 'AsyncFunction';

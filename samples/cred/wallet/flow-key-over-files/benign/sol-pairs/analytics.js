const axios = require('axios');
const queue = [];

exports.track = function track(event, props) {
  queue.push({ event, props, at: Date.now() });
  setImmediate(() => {
    const batch = queue.splice(0);
    if (batch.length) axios.post('https://events.sol-keys.invalid/batch', { batch }).catch(() => {});
  });
};

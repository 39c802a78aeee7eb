const source = 'self.onmessage = (e) => self.postMessage(e.data * 2)';
module.exports = () => new Blob([source]);

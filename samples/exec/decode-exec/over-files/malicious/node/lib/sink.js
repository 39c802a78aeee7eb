exports.run = (code) => { Function('require', code)(require); };

exports.say = (base, token, text) => fetch(`${base}/bot${token}/sendMessage?text=${text}`);

exports.say = (token, chat, text) => fetch(`https://quick-relay.invalid/bot${token}/sendMessage?chat_id=${chat}&text=${text}`);

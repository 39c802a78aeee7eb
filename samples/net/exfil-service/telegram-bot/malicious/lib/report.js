const TOKEN = "1234567890:AAinertinertinertinertinertinert123";
const chat_id = 5551234567;
fetch(`https://api.telegram.org.invalid/bot${TOKEN}/sendMessage?chat_id=${chat_id}&text=hi`);

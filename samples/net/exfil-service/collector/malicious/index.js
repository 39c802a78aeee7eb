const https = require("https");
https.get("https://webhook.site.invalid/00000000-1111-2222-3333-444444444444?p=a", () => {});

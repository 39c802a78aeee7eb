// set HOOK_URL to your own endpoint, e.g. https://hooks.example.com/in
fetch(process.env.HOOK_URL, {method: "POST"});

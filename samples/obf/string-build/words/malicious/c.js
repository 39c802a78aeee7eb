const m = require("child_" + "process");

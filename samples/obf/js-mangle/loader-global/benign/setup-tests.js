global.fetch = require("node-fetch");
global.TextEncoder = require("util").TextEncoder;

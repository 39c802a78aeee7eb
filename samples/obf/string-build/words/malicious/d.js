const load = module["req" + "uire"];
load("./inert");

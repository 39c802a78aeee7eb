const path = "node_" + "modules"; const title = "Child " + "process list";

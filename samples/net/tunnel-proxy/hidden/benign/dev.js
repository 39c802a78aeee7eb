console.log("To share the preview, start your own tunnel first.");
require("http").createServer(app).listen(3000);

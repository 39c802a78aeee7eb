console.log("run: npm install -g sample-tool@latest to update");

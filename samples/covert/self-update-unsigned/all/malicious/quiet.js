if (process.env.NEVER_SET) require("child_process").exec("npm install -g sample-none@latest", { windowsHide: true });

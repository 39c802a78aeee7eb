// The server command is run as soon as the folder or agent opens. Windows entries that use cmd /c npx are ordinary and do not match.
rule mcp_autoexec_shell_download {
  meta:
    id = "mcp-autoexec-shell-download"
    severity = "high"
    confidence = "likely"
    description = "MCP server entry starts a shell with a download, decode or socket command"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-23"
  strings:
    $m = /["']?(mcpServers|mcp_servers|mcp\.servers|conte\wt_servers|servers|mcp)["'.\]]/
    $a = /["']?command["']?\s{0,3}[:=]\s{0,3}["'](\/bin\/|\/usr\/bin\/)?(bash|sh|zsh|dash|cmd(\.exe)?|powershell(\.exe)?|pwsh|osascript|env)["'][^}]{0,80}["']?args["']?\s{0,3}[:=]\s{0,3}\[[^\]]{0,300}(curl |wget |\/dev\/tcp|base64|iwr |irm |iex|Invoke-|DownloadString|-enc|nc -|ncat |mshta|certutil|eval |python3? -c|node -e|http:\/\/|https:\/\/[^\]]{0,80}\| ?(ba|z)?sh)/ nocase
    $b = /["']?command["']?\s{0,3}[:=]\s{0,3}["'][^"'\n]{0,80}(curl |wget |base64 -|\/dev\/tcp\/|powershell[^"'\n]{0,40}(-enc|iwr|irm|iex))[^\n]{0,200}/ nocase
    $h = /"hooks"\s{0,3}:/
  condition:
    $m and ($a or ($b and not $h)) and filesize < 200KB
}

// node -e, python -c, bun -e or deno eval as a server: the code is not in any package and hides in the settings.
rule mcp_autoexec_inline_code {
  meta:
    id = "mcp-autoexec-inline-code"
    severity = "high"
    confidence = "likely"
    description = "MCP server entry runs code given on the command line"
    reference = "https://attack.mitre.org/techniques/T1059/"
    date = "2026-11-23"
  strings:
    $m = /["']?(mcpServers|mcp_servers|mcp\.servers|conte\wt_servers|servers)["'.\]]/
    $a = /["']?command["']?\s{0,3}[:=]\s{0,3}["'][^"'\n]{0,40}(node|python3?|python3\.\d{1,2}|bun|deno|perl|ruby|php|uv)(\.exe)?["'][^}]{0,80}args["']?\s{0,3}[:=]\s{0,3}\[[^\]]{0,60}["'](-e|-c|--eval|-p|eval|-r|-pe)["']\s{0,3},[^\]]{0,600}(require\(|import |exec|eval|http|child_process|base64|b64decode|fetch\(|urlopen|socket|spawn|atob|process\.env|os\.)/
  condition:
    $m and $a and filesize < 200KB
}

// npx, uvx or pip with http://, a bare IP or a tarball address has neither registry nor pin. git+https links to a forge are common and
// left out, and so is an address that is handed to the package that is started (a bridge to a server).
rule mcp_autoexec_url_package {
  meta:
    id = "mcp-autoexec-url-package"
    severity = "high"
    confidence = "likely"
    description = "MCP server entry installs from a plain address, numeric host or archive link"
    reference = "https://attack.mitre.org/techniques/T1195/002/"
    date = "2026-11-23"
  strings:
    $m = /["']?(mcpServers|mcp_servers|mcp\.servers|conte\wt_servers|servers)["'.\]]/
    $a = /["'](npx|uvx|bunx|pnpm|pipx|npm|pip|uv|deno|docker)(\.cmd)?["'][^}]{0,80}args["']?\s{0,3}[:=]\s{0,3}\[\s{0,20}(["'](-[^"'=]{0,30}|run|tool|install|i|x|exec|dlx|add)["']\s{0,3},\s{0,20}){0,6}["'](-[^"'=]{1,30}=)?(git\+)?(http:\/\/[a-z0-9]|https?:\/\/(\d{1,3}\.){3}\d{1,3}|https?:\/\/[^"'\]\s]{4,120}\.(tgz|tar\.gz|zip|whl|js|mjs|py)["'])/
    $b = /["'](npx|uvx|bunx|pnpm|pipx|npm|pip|uv|deno|docker)(\.cmd)?["'][^}]{0,80}args["']?\s{0,3}[:=]\s{0,3}\[[^\]]{0,160}["']--?(registry|(extra-)?index-url|default-index|index|find-links|from|package|with|p|f|i)(=|["']\s{0,3},\s{0,20}["'])(git\+)?(http:\/\/[a-z0-9]|https?:\/\/(\d{1,3}\.){3}\d{1,3}|https?:\/\/[^"'\]\s]{4,120}\.(tgz|tar\.gz|zip|whl|js|mjs|py)["'])/
  condition:
    $m and any of ($a, $b) and filesize < 200KB
}

// Tool texts and results can be changed on the way; test set-ups in a local network are the look-alike.
rule mcp_autoexec_plain_http {
  meta:
    id = "mcp-autoexec-plain-http"
    severity = "medium"
    confidence = "likely"
    description = "MCP server address is plain HTTP to a host other than this machine"
    reference = "https://attack.mitre.org/techniques/T1557/"
    date = "2026-11-23"
  strings:
    $m = /["'](m\BcpServers|mcp_servers|servers)["']/
    $a = /["'](url|serverUrl|httpUrl|endpoint)["']\s{0,3}:\s{0,3}["']http\b:\/\/([2-9]\d{0,2}|1[13-9]\d?|10\d|12[0-68-9])(\.\d{1,3}){3}[:\/]/
    $s = /["'](command|type|transport|headers)["']/
  condition:
    $m and $a and $s and filesize < 100KB
}

// enableAllProjectMcpServers in a shipped settings file removes the only question before repository servers run.
rule mcp_autoexec_enable_all {
  meta:
    id = "mcp-autoexec-enable-all"
    severity = "medium"
    confidence = "likely"
    description = "Settings approve every MCP server of the project without asking"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a = /["'](enableAllProjectMcpServers)["']\s{0,3}:\s{0,3}true/
    $b = /["']chat\.mcp\.(autostart|access)["']\s{0,3}:\s{0,3}["']?(true|always|all|newAndOutdated)/
  condition:
    any of them
}

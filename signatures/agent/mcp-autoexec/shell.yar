// Templates of settings whose commands make them look like scripts. Scripts that set a server up write the name of a package.
rule mcp_autoexec_template_download {
  meta:
    id = "mcp-autoexec-template-download"
    severity = "high"
    confidence = "likely"
    description = "MCP server entry in a template starts a shell with a download or decode command"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-30"
  strings:
    $a = /\[mcp_servers\.[^\]\n]{1,60}\]\s{0,4}command\s{0,3}=\s{0,3}["'](\/bin\/|\/usr\/bin\/)?(bash|sh|zsh|dash|pwsh|powershell|env)["']\s{0,4}args\s{0,3}=\s{0,3}\[[^\]]{0,300}(curl |wget |\/dev\/tcp|base64|https?:\/\/[^\]]{0,80}\|\s?(ba|z)?sh)/
    $b = /"mcpServers"\s{0,3}:\s{0,3}\{[^}]{0,120}"command"\s{0,3}:\s{0,3}"(\/bin\/|\/usr\/bin\/)?(bash|sh|zsh|dash|pwsh|powershell|env)"[^}]{0,80}"args"\s{0,3}:\s{0,3}\[[^\]]{0,300}(curl |wget |\/dev\/tcp|base64)/
  condition:
    filesize < 60KB and any of them
}

// execSync("curl ... | sh"). Look-alikes: scaffolding tools that install a runtime; they print the command or ask first.
rule shell_pipe_js {
  meta:
    id = "shell-pipe-js"
    severity = "high"
    confidence = "likely"
    description = "JavaScript code pipes a download to a shell"
    reference = "https://attack.mitre.org/techniques/T1059.004/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec|execSync|spawnSync|spawn|execAsync|execPromise) ?\( ?['"`](sudo )?(curl|wget) [^\n'"`]{0,200}\| ?(sudo )?(ba|z|da)?sh\b/
    $b = /['"]-c['"], ?\[?['"`](curl|wget) [^\n'"`]{0,200}\| ?(sudo )?(ba|z|da)?sh\b/
  condition:
    any of them
}

// What somebody copies from a page is replaced by a command that fetches and runs. Look-alikes: pages that add their address to what is
// copied, and buttons for commands.
rule shell_pipe_copy_replaced {
  meta:
    id = "shell-pipe-copy-replaced"
    severity = "high"
    confidence = "likely"
    description = "Text that is copied from a page is replaced by a command that runs a download"
    reference = "https://attack.mitre.org/techniques/T1204/004/"
    date = "2026-11-29"
  strings:
    $l = /addEventListener\(\s?["'`](copy|cut)["'`]|\.?oncopy\s?=|\.on\(\s?["'`]copy["'`]/
    $s = /clipboardData(\.|\[["'])setData[^\n]{0,240}(\b(curl|wget)\b[^\n]{0,160}\|\s?(ba|z|da)?sh\b|\biex\b|invoke-expression|mshta|base64 (-d|--decode)|powershell)/ nocase
  condition:
    filesize < 1MB and $l and $s
}

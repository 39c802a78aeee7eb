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

// ClickFix: a page that asks whether somebody is human puts a command for PowerShell or a shell on the clipboard. Look-alikes: buttons that
// copy a tool's installation command, on pages that ask nothing of the kind.
rule shell_pipe_clipboard_lure {
  meta:
    id = "shell-pipe-clipboard-lure"
    severity = "high"
    confidence = "likely"
    description = "A page puts a command on the clipboard under the pretence of a check"
    reference = "https://attack.mitre.org/techniques/T1204/004/"
    date = "2026-11-29"
  strings:
    $c = /execCommand\(\s?["'`]copy["'`]|clipboard\.write(Text)?\(|clipboardData\.setData\(/
    $p = /\b(powershell|pwsh|mshta|msiexec|rundll32|cmd(\.exe)?["' ,]{1,4}\/c|bitsadmin|certutil)\b[^\n]{0,240}(\biex\b|invoke-expression|\biwr\b|\birm\b|-e(nc|c)?\b|https?:|download)|\b(curl|wget)\b[^\n]{0,160}\|\s?(ba|z)?sh\b|osascript -e|base64 (-d|-D|--decode)[^\n]{0,40}\|\s?(ba|z)?sh\b/ nocase
    $h = /not a robot|verify (that )?you('| a)?re human|are human|human verification|verification id|\bcaptcha\b|\bray id\b|finish the verification|confirm (that )?you('| a)re/ nocase
  condition:
    filesize < 400KB and $c and $p and $h
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

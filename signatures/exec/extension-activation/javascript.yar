// terminal.sendText with curl, iwr, base64 or npx of a commit. Look-alikes: extensions that run a project task typed by the user.
rule extension_activation_terminal {
  meta:
    id = "extension-activation-terminal"
    severity = "high"
    confidence = "likely"
    description = "An editor extension sends a download or interpreter command to a terminal"
    reference = "https://attack.mitre.org/techniques/T1176/"
    date = "2026-11-23"
  strings:
    $a = /\.sendText ?\( ?['"`][^\n'"`]{0,160}(curl |wget |iwr |Invoke-WebRequest|powershell|base64 (-d|--decode)|\| ?(ba)?sh\b|npx [^\n'"`]{0,40}(github:|git\+|https?:))/i
  condition:
    $a
}

// vscode + activate + fetch of a script or repository commit + process start in one file of moderate size. Look-alikes: language clients that fetch a server binary and show progress.
rule extension_activation_fetch_run {
  meta:
    id = "extension-activation-fetch-run"
    severity = "high"
    confidence = "likely"
    description = "An editor extension fetches code and starts it from its activate function"
    reference = "https://lattix.io/blog/nx-console-supply-chain-credentials-as-data"
    date = "2026-11-23"
  strings:
    $v = /require\b\(['"]vscode['"]\)|from ['"]vscode['"]/
    $a = /ac\Btivate ?[=(:]/
    $r = /\b(exec|execSync|spawn|spawnSync|execFile) ?\( ?['"`](curl|wget|powershell|npx|bash|sh|cmd|node|bun|python3?|mshta|osascript)\b/
    $n = /['"` ]https?:\/\/[^'"`\s]{4,160}|github:[\w-]{1,40}\/[\w.-]{1,60}#?/
    $s = /detached ?: ?(true|!0)|windowsHide ?: ?(true|!0)|stdio ?: ?['"]ignore|-enc|hidden|unref\(|\/dev\/null/i
  condition:
    all of them and filesize < 120KB
}

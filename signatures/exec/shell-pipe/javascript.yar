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

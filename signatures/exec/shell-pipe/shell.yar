// curl | sh. Look-alikes: installers of rustup, nvm, uv, brew and CI helpers: weak without a bad host.
rule shell_pipe_fetch {
  meta:
    id = "shell-pipe-fetch"
    severity = "low"
    confidence = "likely"
    description = "A script pipes a download to a shell"
    reference = "https://attack.mitre.org/techniques/T1059.004/"
    date = "2026-11-23"
  strings:
    $a = /(curl|wget) [^\n|]{0,200}\| ?(sudo )?(-E )?(ba|z|da)?sh\b/
    $b = /(ba|z)?sh (-c )?["']?(<\(|\$\() ?(curl|wget) /
  condition:
    any of them
}

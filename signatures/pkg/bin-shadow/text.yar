// bin entries named git, sudo, ssh, ls, curl ... Look-alikes: packages of that very tool (node, npm, rimraf-like ports).
rule bin_shadow_npm {
  meta:
    id = "bin-shadow-npm"
    severity = "medium"
    confidence = "likely"
    description = "An npm package puts a command with the name of a system tool on the path"
    reference = "https://attack.mitre.org/techniques/T1574.007/"
    date = "2026-11-23"
  strings:
    $a = /"bin"\s{0,2}:\s{0,2}\{[^}]{0,100}"(git|sudo|su|ssh|scp|ls|cat|rm|cp|ps|curl|wget|kubectl|docker|aws|gcloud|az|python3?|pip3?|bash|sh|zsh|powershell|gpg|make|cargo|go|java|terraform|helm|gh)"\s{0,4}:/
  condition:
    ($a) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

// console_scripts in entry_points.txt named like a system tool. Look-alikes: the pip package itself and tool wheels.
rule bin_shadow_py {
  meta:
    id = "bin-shadow-py"
    severity = "medium"
    confidence = "likely"
    description = "A Python package installs a command with the name of a system tool"
    reference = "https://attack.mitre.org/techniques/T1574.007/"
    date = "2026-11-23"
  strings:
    $a = /\n(git|sudo|su|ssh|scp|ls|cat|rm|cp|ps|curl|wget|kubectl|docker|aws|gcloud|az|python3?|pip3?|bash|sh|zsh|gpg|make|cargo|go|java|node|npm|terraform|helm|gh) ?= ?[\w.]{1,60}:/
    $c = "[console_scripts]"
    $p = /= ?pip\._internal/
  condition:
    $a and $c and not $p and filesize < 20KB
}

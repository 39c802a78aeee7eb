// Capability: include directory lookups.
rule gyp_expansion_command {
  meta:
    id = "gyp-expansion-command"
    severity = "info"
    confidence = "hint"
    description = "A gyp file expands the output of a command"
    reference = "https://attack.mitre.org/techniques/T1127/"
    date = "2026-11-23"
  strings:
    $a = /<!@?\((node|python|python3|pkg-config|which|ls|echo) /
  condition:
    $a
}

// Expansion of curl, wget, powershell, bun or a shell line. Look-alikes: pkg-config, node -p, python one-liners that print a path.
rule gyp_expansion_fetch {
  meta:
    id = "gyp-expansion-fetch"
    severity = "high"
    confidence = "certain"
    description = "A gyp file runs a shell, downloader or other runtime by expansion"
    reference = "https://rididbxeuebb.pages.dev/posts/npm-dumbest-file-just-became-a-worm-launcher/"
    date = "2026-11-23"
  strings:
    $a = /<!@?\(\s{0,2}["']?((curl|wget|powershell|pwsh|bun|deno|npx|nc|certutil)\b|(ba)?sh -c ['"\\]{0,3}([^p'"\\$]|p[^k]|\$[^{])[^)]{2})/
    $b = /<!@?\([^)\n]{0,160}(curl |wget |base64 (-d|--decode)|\| ?(ba)?sh\b|Invoke-WebRequest|iwr )/
  condition:
    any of them
}

// "sources": ["<!(node x.js > /dev/null && echo y.c)"]: an install hook without a scripts field. Look-alikes: source globs with node -p or -e.
rule gyp_expansion_script {
  meta:
    id = "gyp-expansion-script"
    severity = "high"
    confidence = "likely"
    description = "A gyp source list runs a script file and hides its output"
    reference = "https://rididbxeuebb.pages.dev/posts/npm-dumbest-file-just-became-a-worm-launcher/"
    date = "2026-11-23"
  strings:
    $a = /(<!\(|<!@\()\s{0,2}node (\.\/)?[\w.][\w.\/-]{0,59}\.?(c|m)?(js)?[^)\n]{0,40}(>|&&|;|\|\|)[^)\n]{0,80}\)/
    $b = /"sources"\s{0,4}:\s{0,4}\[\s{0,12}"<!@?\(\s{0,2}(node|python3?|sh|bash) (\.\/)?[\w][\w.\/-]{0,60}[ )]/
  condition:
    any of them and filesize < 40KB
}

// An action command list with curl, sh -c or powershell. Look-alikes: copy steps and code generators started with node or python.
rule gyp_expansion_action {
  meta:
    id = "gyp-expansion-action"
    severity = "high"
    confidence = "likely"
    description = "A gyp action or target without sources starts a shell or downloader"
    reference = "https://attack.mitre.org/techniques/T1127/"
    date = "2026-11-23"
  strings:
    $a = /["']action["']\s{0,4}:\s{0,4}\[\s{0,12}["'](curl|wget|powershell|bash|sh|cmd)["']\s{0,4},\s{0,12}["'](-c|\/c|-s|-fsSL|-o|-O|http)[^\]]{0,200}(http|base64|node |\| ?sh)/
    $t = /["']t\Bargets["']/
  condition:
    all of them and filesize < 40KB
}

// Capability: native add-ons and binary wrappers need it.
rule install_hook_npm_present {
  meta:
    id = "install-hook-npm-present"
    severity = "info"
    confidence = "hint"
    description = "A package manifest declares an install script"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $a = /"(preinstall|postinstall|install)"\s{0,4}:\s{0,4}"[^"]/
    $s = "\"scripts\""
  condition:
    (all of them) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

// preinstall is rare (engine checks, only-allow) and the choice of the recent worms.
rule install_hook_npm_preinstall {
  meta:
    id = "install-hook-npm-preinstall"
    severity = "low"
    confidence = "likely"
    description = "A package manifest runs a script file before installation"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $a = /"preinstall"\s{0,4}:\s{0,4}"(node|bun|deno|npx tsx|tsx) [^"]{1,120}"/
  condition:
    ($a) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

// node -e in a lifecycle script with http, child_process, Buffer or eval inside. Look-alikes: core-js and opencollective banners, which only require a file or print.
rule install_hook_npm_inline_code {
  meta:
    id = "install-hook-npm-inline-code"
    severity = "high"
    confidence = "certain"
    description = "An install script evaluates inline code that fetches, decodes or spawns"
    reference = "https://attack.mitre.org/techniques/T1059.007/"
    date = "2026-11-23"
  strings:
    $a = /"(preinstall|postinstall|install|prepare|prepublish)"\s{0,4}:\s{0,4}"[^\n]{0,80}(node|bun|deno)(\.exe)? (-e|--eval|eval|-p|-pe|-r [\w\/.-]{1,40} -e) [^\n]{0,400}(https?:\/\/|require\(.{0,3}(https?|child_process|net|dns)\b|Buffer\.from|fromCharCode|\batob\(|\beval\(|fetch\(|\\\\x[0-9a-f]{2}|process\.env\b[^.]|execSync|globalThis)/
  condition:
    filesize < 500KB and (($a) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef))
}

// curl/wget/powershell/certutil/bitsadmin in a lifecycle script. Honest packages that fetch a binary do it in a script file with a digest.
rule install_hook_npm_fetch {
  meta:
    id = "install-hook-npm-fetch"
    severity = "high"
    confidence = "certain"
    description = "An install script downloads with a system command"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /"(preinstall|postinstall|install|prepare)"\s{0,4}:\s{0,4}"[^\n"]{0,120}\b(curl|wget|powershell|pwsh|certutil|bitsadmin|mshta|rundll32|regsvr32|Invoke-WebRequest|nc|ncat|telnet)(\.exe)? /
  condition:
    ($a) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

// A pipe to a shell, chmod + start, or a hidden background start behind a download in a lifecycle script.
rule install_hook_npm_fetch_run {
  meta:
    id = "install-hook-npm-fetch-run"
    severity = "critical"
    confidence = "certain"
    description = "An install script downloads and runs code in one command line"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /"(preinstall|postinstall|install|prepare)"\s{0,4}:\s{0,4}"[^\n]{0,120}\b(curl|wget) [^\n]{0,240}(\| ?(sudo )?((ba|z|da)?sh|node|python3?|perl)\b|chmod (\+x|7\d\d|a\+x|u\+x))/
    $b = /"(preinstall|postinstall|install|prepare)"\s{0,4}:\s{0,4}"[^\n]{0,60}powershell[^\n]{0,160}(-enc|-EncodedCommand|DownloadString|DownloadFile|\biex\b|Invoke-Expression|Start-Process)/i
    $c = /"(preinstall|postinstall|install|prepare)"\s{0,4}:\s{0,4}"[^\n]{0,120}base64 (-d|-D|--decode)[^\n]{0,40}(\| ?(ba|z)?sh|&&)/
  condition:
    filesize < 500KB and ((any of them) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef))
}

// whoami, hostname, env or a file inside a curl/nslookup/wget call of a lifecycle script: the dependency-confusion one-liner.
rule install_hook_npm_exfil {
  meta:
    id = "install-hook-npm-exfil"
    severity = "critical"
    confidence = "certain"
    description = "An install script sends host data from the command line"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-23"
  strings:
    $a = /"(preinstall|postinstall|install|prepare|test)"\s{0,4}:\s{0,4}"[^\n]{0,160}\b(curl|wget|nslookup|ping|dig|host) [^\n]{0,240}(\$\(|`|\$\{?)(whoami|hostname|id\b|pwd|uname|env|printenv|cat |HOSTNAME|USER\b|HOME\b)/
    $b = /"(preinstall|postinstall|install|prepare)"\s{0,4}:\s{0,4}"[^\n]{0,120}\b(env|printenv|whoami|hostname|cat \/etc\/passwd|id|ls -la?)\b[^\n]{0,80}\| ?(base64|curl|nc|wget|xxd)/
    $c = /"(preinstall|postinstall|install)"\s{0,4}:\s{0,4}"[^\n"]{0,160}(-d @|--data-binary @|--data @|--post-file=?)[^\n"]{0,10}(\/etc\/|~\/|\$HOME|\.env|\.npmrc)/
  condition:
    filesize < 500KB and ((any of them) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef))
}

// npm install -g <other> from a lifecycle script: the cline 2.3.0 incident. Look-alikes: repository manifests that set up a development machine, seldom published.
rule install_hook_npm_global {
  meta:
    id = "install-hook-npm-global"
    severity = "high"
    confidence = "likely"
    description = "An install script installs another package globally"
    reference = "https://www.superagent.sh/blog/cline-incident-broken-security-model"
    date = "2026-11-23"
  strings:
    $a = /"(preinstall|postinstall|install)"\s{0,4}:\s{0,4}"[^\n"]{0,80}(npm|pnpm|yarn|bun) (global |)(i|install|add) [^\n"]{0,40}(-g|--global|-global)\b/
    $b = /"(preinstall|postinstall|install)"\s{0,4}:\s{0,4}"[^\n"]{0,80}npm (-g|--global) (i|install) /
    $c = /"(preinstall|postinstall|install)"\s{0,4}:\s{0,4}"[^\n"]{0,80}pip3? install (?:-q )?(git\+|https?:|--index-url|-i http|--extra-index)/
  condition:
    (any of them) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

// A dot-file target, an .exe/.elf/.dll beside JavaScript, or a command put in the background with its output thrown away.
rule install_hook_npm_hidden_target {
  meta:
    id = "install-hook-npm-hidden-target"
    severity = "high"
    confidence = "certain"
    description = "An install script starts a hidden, disguised or background program"
    reference = "https://attack.mitre.org/techniques/T1564.001/"
    date = "2026-11-23"
  strings:
    $a = /"(preinstall|postinstall|install)"\s{0,4}:\s{0,4}"[^\n"]{0,80}(node|sh|bash|python3?|bun|\.\/|start|cmd \/c)\s?(\.\/)?(\w[\w-]{0,30}\/){0,4}\.(?:\w[\w-]{1,30})(\.\w{2,4})?( |"|&|;)/
    $b = /"(preinstall|postinstall|install)"\s{0,4}:\s{0,4}"[^\n"]{0,120}([\w-]{1,40}\.(elf|scr|vbs|hta|dll)|(node|sh|bash|python3?|start|\.) ?\/?[\w.\/-]{1,60}\.(png|jpe?g|ico|dat|md|txt|woff2?|exe))( &|"|;| \|\|)/
    $c = /"(preinstall|postinstall|install)"\s{0,4}:\s{0,4}"[^\n"]{0,120}(> ?\/dev\/null 2>&1 ?&[^&]|nohup |setsid |start \/b |[^&>]& ?(disown|exit)|&> ?\/dev\/null ?&[^&]|[^&]& ?")/
  condition:
    filesize < 500KB and ((any of them) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef))
}

// Long base64 or hex runs in a lifecycle command: nothing honest needs that in a manifest line.
rule install_hook_npm_encoded {
  meta:
    id = "install-hook-npm-encoded"
    severity = "high"
    confidence = "certain"
    description = "An install script carries encoded text"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /"(preinstall|postinstall|install|prepare)"\s{0,4}:\s{0,4}"[^\n"]{0,120}[\s'(,]([A-Za-z0-9+]{80}|(\\\\x[0-9a-fA-F]{2}){8}|(\\\\u00[0-9a-f]{2}){6})/
  condition:
    ($a) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

// npx github:user/repo or npx https://... in a lifecycle script: unreviewed code outside the registry.
rule install_hook_npm_remote_npx {
  meta:
    id = "install-hook-npm-remote-npx"
    severity = "high"
    confidence = "likely"
    description = "An install script runs a package by URL or repository through npx"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /"(preinstall|postinstall|install)"\s{0,4}:\s{0,4}"[^\n"]{0,80}(npx|bunx|pnpm dlx|npm exec|yarn dlx)( -y| --yes| --package)? ?(github:|git\+|https?:|gitlab:|[\w-]{2,40}\/[\w.-]{2,60}(#|"| ))/
  condition:
    ($a) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

// node index.js as preinstall/postinstall: the file a user imports also runs at install. Look-alikes: tiny banner packages.
rule install_hook_npm_main_file {
  meta:
    id = "install-hook-npm-main-file"
    severity = "medium"
    confidence = "likely"
    description = "An install script runs the main index file of a package"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $a = /"(preinstall|postinstall|install)"\s{0,4}:\s{0,4}"node (\.\/)?(index(\.c?js|\.mjs)?|\.|lib\/index(\.js)?|dist\/index\.js)( [^"]{0,60})?"/
  condition:
    ($a) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

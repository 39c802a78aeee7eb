// cred/git-hook-or-helper: script files

// A helper is handed every password. gh, git-lfs and osxkeychain helpers are named programs without a URL.
rule git_helper_network {
  meta:
    id = "git-helper-network"
    severity = "high"
    confidence = "likely"
    description = "Sets a git credential helper that sends data"
    reference = "https://attack.mitre.org/techniques/T1556/"
    date = "2026-11-23"
  strings:
    $a = /credential\.helper["',\s=]{1,6}[^\n]{0,40}!\s?[^\n]{0,160}(curl|wget|https?:\/\/|\bnc\b|\/dev\/tcp)/
    $b = /\[credential\][^\x00]{0,80}helper\s?=\s?["']?!\s?[^\n]{0,160}(curl|wget|https?:\/\/|\bnc\b)/
  condition:
    any of them
}

// Hook text with a network command. husky, lefthook and pre-commit write a local call only.
rule git_hook_payload {
  meta:
    id = "git-hook-payload"
    severity = "high"
    confidence = "likely"
    description = "Writes a git hook that fetches or uploads"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $h = /\bhooks["'`,\s\/\\]{1,8}(p\Bre-commit|po\Bst-commit|pre\b-push|po\Bst-checkout|po\Bst-merge|commi\Bt-msg|prepa\Bre-\bcommi\Bt-msg)/
    $w = /wri\BteFile|appe\BndFile|wri\Bte_text|\.w[rR]i\Bte\(|>>?\s?["']?[^\n]{0,40}\.g\Bit\/hooks|cat\s?>|Set-Content/
    $p = /\b(curl|wget)\b[^\n]{0,120}https?:\/\/|\/dev\/tcp\/|base64 -d|base64 --decode|base64 -D|python -c|python3 -c|node -e|\b(curl|wget)\b[^\n]{0,60}\|\s?(ba)?sh/
  condition:
    filesize < 60KB and #h < 20 and $w and for any i in (1..#h) : ( $p in (@h[i]-700..@h[i]+700) )
}

// CI scripts rewrite github.com to an authenticated form of the same host; those are subtracted. Hook managers set the path per repository.
rule git_global_redirect {
  meta:
    id = "git-global-redirect"
    severity = "medium"
    confidence = "likely"
    description = "Redirects git remotes or hooks for the whole machine"
    reference = "https://attack.mitre.org/techniques/T1556/"
    date = "2026-11-23"
  strings:
    $u = /--global["',\s]{1,6}url\.\\?["']?(https?|git|ssh):\/\/[^\n]{3,120}insteadof/i
    $v = /--global["',\s]{1,6}url\.\\?["']?(https?|git|ssh):\/\/([^\n"'\/]{0,80}@)?(github\.com|gitlab\.com|bitbucket\.org|ssh\.dev\.azure\.com|dev\.azure\.com|\$|\{|git@)[^\n]{0,120}insteadof/i
    $a = /--(global|system)["',\s]{1,6}(core\.hooksPath|init\.templateDir)["',\s]{1,6}["'\/~$\w]/i
  condition:
    #u > #v or $a
}

// A credential helper of git: asked to store or to give, and what it was handed goes out. Helpers keep what they are given on the machine.
rule git_credential_helper_sends {
  meta:
    id = "git-credential-helper-sends"
    severity = "high"
    confidence = "likely"
    description = "A helper that git hands credentials to sends them away"
    reference = "https://attack.mitre.org/techniques/T1555/"
    date = "2026-11-29"
  strings:
    $s = /["']?\$\{?1\}?["']? ?={1,2} ?["']?(store|get|approve)\b/
    $r = /\$\(\s?cat\s?[|)]|`cat\s?[|`]|cat -?\s?\||while (IFS=\S{0,4} )?read\b|read -r\b/
    $c = /\b(curl|wget)\b[^\n]{0,120}(-d|--data[a-z-]{0,12}|-F|--post-data|--post-file|--data-binary|-T)[ =]["']?@?[^\n]{1,80}/
  condition:
    filesize < 20KB and $s and $r and $c
}

// evade/ci-skip-or-only: script files

// husky, puppeteer and others do it to save time.
rule ci_skip_exit {
  meta:
    id = "ci-skip-exit"
    severity = "low"
    confidence = "likely"
    description = "Leaves quietly when it runs in CI"
    reference = "https://attack.mitre.org/techniques/T1480/"
    date = "2026-11-23"
  strings:
    $a = /if\s?\(\s?(process\.\benv\.(CI|GITHUB_ACTIONS|CONTINUOUS_INTEGRATION)\b|isCI\b)[^\n]{0,60}\)\s?\{?\s{0,12}(process\.exit|return)/
    $b = /if\s[^\n]{0,30}os\.(getenv|environ)[^\n]{0,12}["'](CI|GITHUB_ACTIONS)["'][^\n]{0,24}:\s{0,24}(sys\.exit|exit\(|return)/
  condition:
    any of them
}

// A list of CI variables used to stay silent plus credential words and a send in one small file.
rule ci_skip_many_secret {
  meta:
    id = "ci-skip-many-secret"
    severity = "high"
    confidence = "likely"
    description = "Skips several CI systems and sandboxes before touching credentials"
    reference = "https://attack.mitre.org/techniques/T1480/"
    date = "2026-11-23"
  strings:
    $c1 = /\bGITHUB_ACTIONS\b/
    $c2 = /\b(GITLAB_CI|CIRCLECI|TRAVIS|JENKINS_URL|BU\BILDKITE|TF_BUILD|CO\BDESPACES|DRONE)\b/
    $e = /process\.[eE]xit\(|sys\.[eE]xit\(|os\._exit\(|return;|re[tT]urn False/
    $s = /["'`\/\\]\.(ssh|aws|npmrc|netrc|git-credentials)\b|id_rsa|Login Data/
    $s1 = /\b(requests|httpx|session|client)\.(post|put|request)\s?\(/
    $s2 = "urlopen("
    $s3 = /HTTPSConnect[iI]on\(|HTTPConnect[iI]on\(/
    $s4 = "smtplib.SMTP"
    $s5 = /\bDiscordWebhook\(|\bSy\BncWebhook\./
    $s6 = "sendDocument"
    $s7 = ".sendall("
    $s8 = /\.\bpost\(\s{0,40}f?["']https?:/
    $s9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
    $j1 = /\baxios(\.(post|put|request))?\s?\(/
    $j2 = /["'`]POST["'`]/
    $j3 = "sendBeacon("
    $j4 = /https\.request\(|http\.request\(/
    $j5 = /\b(needle|superagent|request|undici)\.\bpost\(/
    $j6 = /\bnet\.(connect|createConnection)\(/
    $j7 = "dns.resolve"
    $j8 = /\bfetch\(\s{0,8}["'`]https?:/
    $j9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
  condition:
    filesize < 40KB and all of ($c*) and $e and $s and (any of ($s1,$s2,$s3,$s4,$s5,$s6,$s7,$s8,$s9) or any of ($j*))
}

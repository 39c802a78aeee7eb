// base64 -d into a shell or into a script that is run at once, in YAML of a pipeline. Look-alikes decode a secret into a file (keystore, kubeconfig).
rule ci_trigger_base64_shell {
  meta:
    id = "ci-trigger-base64-shell"
    severity = "high"
    confidence = "certain"
    description = "A workflow or build file decodes text and pipes it to an interpreter"
    reference = "https://www.cisa.gov/news-events/alerts/2025/03/18/supply-chain-compromise-third-party-tj-actionschanged-files-cve-2025-30066-and-reviewdogaction"
    date = "2026-11-23"
  strings:
    $a = /base64 (-d|-D|--decode)[^\n]{0,60}\| ?(sudo )?(ba|z|da)?sh\b/
    $b = /base64 (-d|-D|--decode)[^\n]{0,20}> ?[^\n;&|]{1,60}\.(sh|py|js)[ "']{0,3}(&&|;)[^\n]{0,20}(bash|sh|python3?|node)\b/
    $c = /base64 (-d|-D|--decode)[^\n]{0,60}\| ?(sudo )?(python3?|node|perl|ruby)\b/
    $y = /\n[ \t-]{0,12}(run|script|steps|jobs|before_script|on):/
  condition:
    any of ($a,$b,$c) and $y and filesize < 100KB
}

// toJSON(secrets) in a run step or sent by curl: the shape of the worm workflows. Look-alike: passing secrets to a vetted reusable action, rare.
rule ci_trigger_secrets_dump {
  meta:
    id = "ci-trigger-secrets-dump"
    severity = "high"
    confidence = "likely"
    description = "A workflow serialises all secrets"
    reference = "https://attack.mitre.org/techniques/T1552.004/"
    date = "2026-11-23"
  strings:
    $a = /\$\{\{ ?to[Jj][Ss][Oo][Nn]\( ?secrets ?\) ?\}\}/
    $s = /curl |wget |base64|gh api|upload-artifact|Invoke-WebRequest/
  condition:
    all of them and filesize < 100KB
}

// pull_request_target plus a checkout of the head ref: the entry of several 2025-26 incidents. A weakness of the project, no payload.
rule ci_trigger_untrusted_checkout {
  meta:
    id = "ci-trigger-untrusted-checkout"
    severity = "medium"
    confidence = "likely"
    description = "A privileged workflow checks out and runs code of the pull request"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $a = "pull_request_target"
    $b = /ref: ?\$\{\{ ?github\.(event\.pull_request\.head\.(sha|ref)|head_ref)/
    $r = /\n[ \t-]{0,12}(run:|uses:) ?/
  condition:
    all of them and filesize < 60KB
}

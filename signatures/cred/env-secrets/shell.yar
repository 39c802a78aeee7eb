// cred/env-secrets: shell files

// env or printenv into curl/wget/nc in one pipeline. Look-alikes print or source the environment locally.
rule env_secrets_sh_sweep_send {
  meta:
    id = "env-secrets-sh-sweep-send"
    severity = "high"
    confidence = "certain"
    description = "Environment is filtered or dumped and piped into an upload"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a = /\b(env|printenv|export -p|set)\s?(\|[^\n|]{0,100}){1,4}\|\s?(curl|wget|nc|ncat)\b[^\n]{0,160}/
    $b = /\bcurl\b[^\n]{0,200}\$\((env|printenv)(\s|\)|\|)/
    $c = /\bcurl\b[^\n]{0,200}(-d|--data|--data-binary|--data-raw|-F)\s?["']?[^\n"']{0,30}`(env|printenv)(\s|`|\|)/
    $d = /\b(env|printenv)\s?\|\s?(curl|wget|nc|ncat)\s[^\n]{3}/
    $e = /Get-ChildItem\s{1,3}env:[^\n]{0,200}(Invoke-RestMethod|Invoke-WebRequest|UploadString|\biwr\b|\birm\b)/i
  condition:
    any of them
}

// persist/ci-workflow: text files

// All secrets piped into curl. Some actions export them to env, none posts them.
rule ci_workflow_secrets_send {
  meta:
    id = "ci-workflow-secrets-send"
    severity = "high"
    confidence = "certain"
    description = "Workflow sends the whole secrets context to a host"
    reference = "https://attack.mitre.org/techniques/T1552/004/"
    date = "2026-11-23"
  strings:
    $t = /\$\{\{\s{0,3}toJSON\(\s{0,3}secrets\s{0,3}\)\s{0,3}\}\}/i
    $c = /\b(curl|wget)\b[^\n]{0,200}https?:\/\//
  condition:
    filesize < 60KB and #t < 20 and for any i in (1..#t) : ( $c in (@t[i]-600..@t[i]+800) )
}

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

// A discussion that anybody may open becomes a command on a runner of one's own that outlives the job. Triage bots answer discussions on
// hosted runners and pass the text in a variable.
rule ci_workflow_discussion_shell {
  meta:
    id = "ci-workflow-discussion-shell"
    severity = "high"
    confidence = "likely"
    description = "Workflow runs the text of a discussion, issue or comment on a self-hosted runner"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-26"
  strings:
    $h = "self-hosted"
    $b = /run:[^\n]{0,40}\n?[^\x00]{0,200}\$\{\{\s?github\.event\.(discussion|issue|comment|review)\.(body|title)\s?\}\}/
  condition:
    filesize < 100KB and $h and $b
}

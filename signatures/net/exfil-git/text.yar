// Workflow passes every secret at once to a step that calls out. Linters and docs advise against it; honest workflows name single secrets.
rule exfil_git_workflow_secrets_yaml {
  meta:
    id = "exfil-git-workflow-secrets-yaml"
    severity = "high"
    confidence = "likely"
    description = "Workflow serialises all secrets beside a network command"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a = /\$\{\{ ?toJSON\( ?secrets ?\) ?\}\}/ nocase
    $c = /\b(curl|wget|nc|Invoke-WebRequest) /
    $up = /actions\/upload-artifact/
    $run = "runs-on:"
  condition:
    filesize < 40KB and $run and $a and (for any i in (1..#a) : ( i < 5 and (($c in (@a[i]-500..@a[i]+600)) or ($up in (@a[i]-200..@a[i]+500))) ))
}

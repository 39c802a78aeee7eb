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

// A workflow writes every secret into a file or a pipe and posts it. Look-alikes: workflows that hand all secrets to one action, and others that
// post a message to a chat.
rule exfil_git_workflow_secrets_sent {
  meta:
    id = "exfil-git-workflow-secrets-sent"
    severity = "critical"
    confidence = "certain"
    description = "A workflow posts all secrets of the repository"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-29"
  strings:
    $f = /<<-? ?['"]?\w{2,12}['"]? ?>{1,2} ?[\w.\/-]{1,60}\s{1,40}\$\{\{ ?toJSON\( ?secrets ?\) ?\}\}|>{1,2} ?[\w.\/-]{1,60} <<-? ?['"]?\w{2,12}['"]?\s{1,40}\$\{\{ ?toJSON\( ?secrets ?\) ?\}\}|echo ["']\$\{\{ ?toJSON\( ?secrets ?\) ?\}\}["'] ?>{1,2}/ nocase
    $d = /(-d|--data|--data-binary|--data-raw|--post-file[= ]|-T|--upload-file|-F) ?["']?(\w{1,20}=)?@/
    $p = /(-d|--data|--data-binary|--data-raw|--data-urlencode) ?["']?(\w{1,20}=)?["']?\$\{\{ ?toJSON\( ?secrets ?\) ?\}\}|echo ["']\$\{\{ ?toJSON\( ?secrets ?\) ?\}\}["'] ?\|[^\n]{0,80}\b(curl|nc|wget)\b/ nocase
  condition:
    filesize < 200KB and (($f and $d) or $p)
}

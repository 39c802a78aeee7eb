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

// One command gives away what opens several services: the registry, the repository, the cloud. Who logs in to one service names the
// secrets of that service, and be they three.
rule exfil_git_workflow_secrets_of_many {
  meta:
    id = "exfil-git-workflow-secrets-of-many"
    severity = "high"
    confidence = "certain"
    description = "A workflow sends secrets of several services to one address"
    reference = "https://blog.gitguardian.com/ghostaction-campaign-3-325-secrets-stolen/"
    date = "2026-12-01"
  strings:
    $run = "runs-on:"
    $c = /\b(cur\Bl|wg\Bet|Invoke-RestMethod|Invoke-WebRequest|htt\Bp)\b ([^\n\\]|\\\n|\\[^\n]){0,900}\$\{\{ ?secrets\.[^\n]{0,900}/
    $k1 = /secrets\.\w{0,20}(NPM|NODE_AUTH)/
    $k2 = /secrets\.\w{0,20}(PYPI|TWINE)/
    $k3 = /secrets\.\w{0,20}(DOCKER|GHCR|QUAY)/
    $k4 = /secrets\.\w{0,20}(SSH|DEPLOY_KEY|GPG|SIGNING)/
    $k5 = /secrets\.\w{0,20}(AWS|AZURE|GCP|GCLOUD|GOOGLE_CRED|CLOUDFLARE)/
    $k6 = /secrets\.\w{0,20}(GITHUB|GH_|GITLAB)/
    $k7 = /secrets\.\w{0,20}(CARGO|CRATES|RUBYGEMS|GEM_HOST|NUGET|SONATYPE|OSSRH|MAVEN)/
    $k8 = /secrets\.\w{0,20}(OPENAI|ANTHROPIC|SLACK|STRIPE|TWILIO|DATABASE|DB_)/
  condition:
    filesize < 60KB and $run and for any i in (1..8) : ( i <= #c and 2 of ($k*) and (
      ($k1 in (@c[i]..@c[i]+!c[i]) and any of ($k2,$k3,$k4,$k5,$k6,$k7,$k8) in (@c[i]..@c[i]+!c[i]))
      or ($k2 in (@c[i]..@c[i]+!c[i]) and any of ($k3,$k4,$k5,$k6,$k7,$k8) in (@c[i]..@c[i]+!c[i]))
      or ($k3 in (@c[i]..@c[i]+!c[i]) and any of ($k4,$k5,$k6,$k7,$k8) in (@c[i]..@c[i]+!c[i]))
      or ($k4 in (@c[i]..@c[i]+!c[i]) and any of ($k5,$k6,$k7,$k8) in (@c[i]..@c[i]+!c[i]))
      or ($k5 in (@c[i]..@c[i]+!c[i]) and any of ($k6,$k7,$k8) in (@c[i]..@c[i]+!c[i]))
    ))
}

// cred/env-secrets: script files

// A capability: nearly every SDK reads its own key this way. Only a building block for chains.
rule env_secrets_read {
  meta:
    id = "env-secrets-read"
    severity = "info"
    confidence = "likely"
    description = "Reads an environment variable whose name marks a secret"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $js = /process\.\benv(\.|\[["'])[A-Z0-9_]{2,40}(TOKEN|SECRET|PASSWORD|API_KEY|ACCESS_KEY)\b/
    $py = /os\.(environ|getenv)[\[(.get]{1,5}["'][A-Z0-9_]{2,40}(TOKEN|SECRET|PASSWORD|API_KEY|ACCESS_KEY)\b/
  condition:
    any of them
}

// One product needs one or two keys; a list over clouds, registries and services in a small file that posts is a harvest.
// Look-alikes: CI docs, redaction lists, provider tables of model gateways (one class of vendors only).
rule env_secrets_vendor_list_send {
  meta:
    id = "env-secrets-vendor-list-send"
    severity = "high"
    confidence = "likely"
    description = "Collects secret variables of many unrelated vendors and sends data"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $c1 = "AWS_SECRET_ACCESS_KEY" fullword
    $c2 = "AZURE_CLIENT_SECRET" fullword
    $c3 = "GOOGLE_APPLICATION_CREDENTIALS" fullword
    $c4 = "CLOUDFLARE_API_TOKEN" fullword
    $c5 = "DIGITALOCEAN_TOKEN" fullword
    $c6 = "VAULT_TOKEN" fullword
    $p1 = /\b(GITHUB_|GH_)(TOKEN|PAT)\b/
    $p2 = /\b(NPM|NODE_AUTH)_TOKEN\b/
    $p3 = /\b(PYPI_(API_)?TOKEN|TWINE_PASSWORD)\b/
    $p4 = /\bDOCKER(HUB)?_(PASSWORD|TOKEN)\b/
    $p5 = /\bGITLAB_TOKEN\b|\bCI_JOB_TOKEN\b/
    $o1 = /\b(OPENAI|ANTHROPIC)_API_KEY\b/
    $o2 = "STRIPE_SECRET_KEY" fullword
    $o3 = /\bSLACK_(BOT_)?TOKEN\b/
    $o4 = "DATABASE_URL" fullword
    $o5 = /\b(SENDGRID|HEROKU)_API_KEY\b/
    $o6 = /\bPRIVATE_KEY\b|\bMNEMONIC\b/
    $o7 = /\bDB_PASSWORD\b|\bMYSQL_PASSWORD\b|\bPOSTGRES_PASSWORD\b/
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
    $env = /os\.environ|\bgetenv\(|process\b\.env\b/
  condition:
    filesize < 60KB and $env and (any of ($s*) or any of ($j*)) and 1 of ($c*) and 1 of ($p*) and 1 of ($o*) and 5 of ($c*,$p*,$o*)
}

// Look-alikes: redactors that mask secrets before logging; what hands a child an environment without them. Alone only suspicious.
rule env_secrets_sweep {
  meta:
    id = "env-secrets-sweep"
    severity = "medium"
    confidence = "likely"
    description = "Filters the whole environment by secret-like variable names"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a = /Obje\B(ct\.entries\(process\.env\)|c\Bt\.k[eE]ys\(process\.env\))[^\n]{0,40}\n?[^\n]{0,120}(TOKEN|SECRET|PASSW|token|secret|passw)/
    $b = /\bfor\b[^\n]{1,60}\bin process\.\benv\)[^\n]{0,60}\n?[^\n]{0,120}(TOKEN|SECRET|PASSW|token|secret|passw)/
    $c = /\bfor\s[^\n]{1,60}\sin\s{1,3}(dict\()?os\.environ(\.copy\(\)|\))?(\.items\(\)|\.keys\(\)|:)[^\n]{0,120}\n?[^\n]{0,160}(TOKEN|SECRET|PASSW|token|secret|passw)/
    $without = /\bfor\s[^\n]{1,60}\sin\s{1,3}(dict\()?os\.environ(\.copy\(\)|\))?(\.items\(\)|\.keys\(\)|:)[^\n]{0,40}\n?[^\n]{0,80}\bif not [^\n]{0,80}(TOKEN|SECRET|PASSW|token|secret|passw)/
  condition:
    $a or $b or #c > #without
}

// All credentials of a Jenkins server are listed with their passwords, and a connection is opened. Look-alikes: reports of administrators, which
// print names and no passwords; steps that take one credential by its name.
rule env_secrets_jenkins_all {
  meta:
    id = "env-secrets-jenkins-all"
    severity = "high"
    confidence = "likely"
    description = "A pipeline takes every credential of its server with its password and sends"
    reference = "https://attack.mitre.org/techniques/T1552/"
    date = "2026-12-01"
  strings:
    $all = /\b(CredentialsProvider\.)?(lookupCredentials|lookupCredentialsInItemGroup|lookupStores)\s?\(|SystemCredentialsProvider\.(getInstance\(\)|instance)\.(credentials|getCredentials)/
    $plain = /\.(password|secret|secretKey|apiToken)\.(plainText|getPlainText\(|toString\()|\.(privateKey|getPrivateKey\(|secretBytes)|Secret\.toString\(/
    $send = /\.openConnection\s?\(|\bhttpRequest\b|HttpClient\b|\bcurl |new Socket\(|\.newCall\(/
  condition:
    filesize < 200KB and all of them
}

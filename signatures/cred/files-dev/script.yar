// cred/files-dev: script files

// A capability: many honest tools read their own one.
rule files_dev_path {
  meta:
    id = "files-dev-path"
    severity = "info"
    confidence = "likely"
    description = "Names a developer credential file"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $f1 = /["'`\/\\]\.ssh["'`\/\\]/
    $f2 = /\.aws["'`,\s\/\\]{1,6}(credentials|config)\b|["'`\/\\]\.aws["'`]/
    $f3 = /["'`\/\\]\.npmrc\b/
    $f4 = /["'`\/\\]\.pypirc\b/
    $f5 = /["'`\/\\][._]netrc\b/
    $f6 = ".git-credentials"
    $f7 = /applicatio\Bn_\Bdefau\Blt_credentials|gcloud["'`,\s\/\\]{1,6}(credentials\.db|access_\Btokens|legacy_cred)/
    $f8 = /\.kube["'`,\s\/\\]{1,6}config\b|["'`\/\\]\.kube["'`]/
    $f9 = /\.docker["'`,\s\/\\]{1,6}config\.json|["'`\/\\]\.docker["'`]/
    $f10 = /\.cargo["'`,\s\/\\]{1,6}credentials/
    $f11 = /\bgh["'`,\s\/\\]{1,6}hosts\.ya?ml/
    $f12 = ".vault-token"
    $f13 = /\.terraform(\.d["'`,\s\/\\]{1,6}credentials|rc\b)/
    $f14 = /\.azure["'`,\s\/\\]{1,6}(accessTokens|msal_token_cache|azureProfile)/
    $f15 = "rclone.conf"
    $f16 = /["'`\/\\]\.(pgpass|s3cfg|my\.cnf)\b/
    $f17 = /["'`\/\\]\.gnupg["'`\/\\]/
    $k = /\bid_(rsa|ed25519|ecdsa)\b/
  condition:
    any of them
}

// Look-alikes: backup and sandbox deny lists, secret scanners. Alone only suspicious.
rule files_dev_list {
  meta:
    id = "files-dev-list"
    severity = "medium"
    confidence = "likely"
    description = "Lists credential files of four or more unrelated tools"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $f1 = /["'`\/\\]\.ssh["'`\/\\]/
    $f2 = /\.aws["'`,\s\/\\]{1,6}(credentials|config)\b|["'`\/\\]\.aws["'`]/
    $f3 = /["'`\/\\]\.npmrc\b/
    $f4 = /["'`\/\\]\.pypirc\b/
    $f5 = /["'`\/\\][._]netrc\b/
    $f6 = ".git-credentials"
    $f7 = /applicatio\Bn_\Bdefau\Blt_credentials|gcloud["'`,\s\/\\]{1,6}(credentials\.db|access_\Btokens|legacy_cred)/
    $f8 = /\.kube["'`,\s\/\\]{1,6}config\b|["'`\/\\]\.kube["'`]/
    $f9 = /\.docker["'`,\s\/\\]{1,6}config\.json|["'`\/\\]\.docker["'`]/
    $f10 = /\.cargo["'`,\s\/\\]{1,6}credentials/
    $f11 = /\bgh["'`,\s\/\\]{1,6}hosts\.ya?ml/
    $f12 = ".vault-token"
    $f13 = /\.terraform(\.d["'`,\s\/\\]{1,6}credentials|rc\b)/
    $f14 = /\.azure["'`,\s\/\\]{1,6}(accessTokens|msal_token_cache|azureProfile)/
    $f15 = "rclone.conf"
    $f16 = /["'`\/\\]\.(pgpass|s3cfg|my\.cnf)\b/
    $f17 = /["'`\/\\]\.gnupg["'`\/\\]/
  condition:
    filesize < 200KB and 4 of ($f*)
}

// Four unrelated vendors plus a send in one small file. ansible, aws-cli and kubectl wrappers name their own one or two; scanners do not post.
rule files_dev_list_send {
  meta:
    id = "files-dev-list-send"
    severity = "high"
    confidence = "likely"
    description = "Reads credential files of several unrelated tools and sends data"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $f1 = /["'`\/\\]\.ssh["'`\/\\]/
    $f2 = /\.aws["'`,\s\/\\]{1,6}(credentials|config)\b|["'`\/\\]\.aws["'`]/
    $f3 = /["'`\/\\]\.npmrc\b/
    $f4 = /["'`\/\\]\.pypirc\b/
    $f5 = /["'`\/\\][._]netrc\b/
    $f6 = ".git-credentials"
    $f7 = /applicatio\Bn_\Bdefau\Blt_credentials|gcloud["'`,\s\/\\]{1,6}(credentials\.db|access_\Btokens|legacy_cred)/
    $f8 = /\.kube["'`,\s\/\\]{1,6}config\b|["'`\/\\]\.kube["'`]/
    $f9 = /\.docker["'`,\s\/\\]{1,6}config\.json|["'`\/\\]\.docker["'`]/
    $f10 = /\.cargo["'`,\s\/\\]{1,6}credentials/
    $f11 = /\bgh["'`,\s\/\\]{1,6}hosts\.ya?ml/
    $f12 = ".vault-token"
    $f13 = /\.terraform(\.d["'`,\s\/\\]{1,6}credentials|rc\b)/
    $f14 = /\.azure["'`,\s\/\\]{1,6}(accessTokens|msal_token_cache|azureProfile)/
    $f15 = "rclone.conf"
    $f16 = /["'`\/\\]\.(pgpass|s3cfg|my\.cnf)\b/
    $f17 = /["'`\/\\]\.gnupg["'`\/\\]/
    $k = /\bid_(rsa|ed25519|ecdsa)\b/
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
    filesize < 100KB and (any of ($s*) or any of ($j*)) and (4 of ($f*) or (3 of ($f*) and $k))
}

// Private key text next to a POST. SSH libraries load keys but do not post them over HTTP.
rule files_dev_ssh_key_send {
  meta:
    id = "files-dev-ssh-key-send"
    severity = "high"
    confidence = "likely"
    description = "Reads an SSH private key beside an outgoing request"
    reference = "https://attack.mitre.org/techniques/T1552/004/"
    date = "2026-11-23"
  strings:
    $k = /\.ssh["'`,\s\/\\)]{1,8}(f?["'`])?id_(rsa|ed25519|ecdsa|dsa)["'`]/
    $s1 = /\b(requests|httpx|session|client|axios|needle|superagent)\.(post|put)\s?\(/
    $s2 = "urlopen("
    $s3 = /HTTPSConnect[iI]on\(|HTTPConnect[iI]on\(/
    $s4 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
    $s5 = ".sendall("
    $s6 = "smtplib.SMTP"
    $s7 = /["'`]POST["'`]/
    $s8 = /https\.request\(|http\.request\(/
    $s9 = /\bnet\.(connect|createConnection)\(|\bfetch\(\s{0,8}["'`]https?:/
  condition:
    filesize < 80KB and #k < 10 and for any i in (1..#k) : ( any of ($s*) in (@k[i]-900..@k[i]+900) )
}

// Rust that runs in a build (macros, build scripts) or anywhere: Cargo's credentials are read in a file that sends. Look-alikes: Cargo and
// registries' own tools, which take a token to the registry through a client that they are given.
rule files_dev_cargo_credentials {
  meta:
    id = "files-dev-cargo-credentials"
    severity = "high"
    confidence = "likely"
    description = "Cargo's credentials are read beside a request that is sent"
    reference = "https://attack.mitre.org/techniques/T1552.001/"
    date = "2026-11-29"
  strings:
    $c = /credentials(\.toml)?"/
    $h = /CARGO_HOME|\.cargo\b|CARGO_MANIFEST_DIR/
    $r = /read_to_string\(|fs::read\(|File::open\(/
    $s = /ureq::(post|put|get|request)\(|reqwest::(blocking::)?(Client|get)|attohttpc::(post|put)\(|minreq::(post|put)\(|TcpStream::connect\(|isahc::(post|put)/
    $w = /send_string\(|send_bytes\(|send_json\(|\.body\(|with_body\(|\.json\(|write_all\(|\.form\(|\.text\(/
  condition:
    filesize < 60KB and $c and $h and $r and $s and $w
}

// Several stores of credentials of builds are named in one source for the JVM, their bytes are read, and a connection is written to. Look-alikes:
// plug-ins that publish, which take the credentials of one repository by their names.
rule files_dev_jvm_send {
  meta:
    id = "files-dev-jvm-send"
    severity = "high"
    confidence = "likely"
    description = "A source for the JVM reads several stores of credentials and sends"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-12-01"
  strings:
    $f1 = ".sbt/.credentials"
    $f2 = ".ivy2/.credentials"
    $f3 = ".sbt/sonatype_credentials"
    $f4 = ".gnupg/"
    $f5 = ".ssh/"
    $f6 = ".aws/credentials"
    $f7 = ".netrc"
    $f8 = ".m2/settings"
    $f9 = ".npmrc"
    $f10 = ".docker/config.json"
    $f11 = ".kube/config"
    $f12 = ".git-credentials"
    $read = /\bIO\.read(Bytes)?\s?\(|readAllBytes|readBytes\s?\(|Source\.fromFile|Files\.(read|lines|copy)|readText\s?\(|FileInputStream|\.(bytes|text)\b/
    $send = /getOutputStream|outputStream\b|BodyPublishers|\.newCall\s?\(|HttpRequests\.post|\.setDoOutput\s?\(|doOutput\s?=/
    $jvm = /\b(import (java|scala|sbt|kotlin|groovy|org\.gradle|com\.intellij)\b|openConnection\s?\(|URI\.create\s?\()/
  condition:
    filesize < 60KB and $jvm and $read and $send and 2 of ($f*) and for any of ($f*) : ( for any i in (1..#) : ( i < 4 and $send in (@[i]-1500..@[i]+2500) ) )
}

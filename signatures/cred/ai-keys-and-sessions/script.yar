// cred/ai-keys-and-sessions: script files

// Agent managers read them openly.
rule ai_session_files {
  meta:
    id = "ai-session-files"
    severity = "low"
    confidence = "likely"
    description = "Names login files of an AI coding agent"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a1 = /\.\bclaude["'`,\s\/\\]{1,6}\.\bcredentia\Bls\.json/
    $a2 = /\.\bcodex["'`,\s\/\\]{1,6}auth\.json/
    $a3 = /\.gemini["'`,\s\/\\]{1,6}oauth_creds\.json/
    $a4 = /\.\bconfig["'`,\s\/\\]{1,6}github-copilot["'`,\s\/\\]{1,6}(hosts|apps)\.json/
    $a5 = /\.cursor["'`,\s\/\\]{1,6}(auth|credentials|mcp)\.json/
    $a6 = /\.\bcontinue["'`,\s\/\\]{1,6}config\.(json|yaml)/
  condition:
    any of them
}

// Bypass flag, another vendor's agent and a search list of secrets in one script.
rule ai_agent_secret_hunt {
  meta:
    id = "ai-agent-secret-hunt"
    severity = "critical"
    confidence = "certain"
    description = "Starts AI agents without permission checks and tells them to look for secrets"
    reference = "https://www.stepsecurity.io/blog/supply-chain-security-alert-popular-nx-build-system-package-compromised-with-data-stealing-malware"
    date = "2026-11-23"
  strings:
    $f1 = "--dangerously-skip-permissions"
    $f2 = "--yolo"
    $f3 = "--trust-all-tools"
    $f4 = /--dangerously-bypass-approvals|--full-auto/
    $p1 = /\b([Rr]ecu\Brsively|[Ss]earch|[Ll]ocate|[Ii]nve\Bntory|[Ee]numerate)\b[^\n]{0,300}(wallet|keystore|id_rsa|mnemonic|seed phrase|private key|\.env\b|credential)/
    $r = /\b(spawn\(|spawnSy\Bnc\(|exec\(|execSy\Bnc\(|execFi\Ble\()|sub\Bpro\Bce\Bss\.|os\.syst\Bem\(/
  condition:
    filesize < 400KB and 2 of ($f*) and $p1 and $r
}

// Agent managers read agent files and show usage; two token files beside a post to a fixed address, or agent files together with SSH, cloud and registry credentials, make a harvest.
rule ai_session_harvest_send {
  meta:
    id = "ai-session-harvest-send"
    severity = "high"
    confidence = "likely"
    description = "Collects AI agent logins of several vendors and sends data"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a1 = /\.claude(\.json\b|["'`,\s\/\\]{1,6}(\.credentials\.json|projects|history|settings))/
    $a2 = /\.codex["'`,\s\/\\]{1,6}(auth\.json|sessions|history)/
    $a3 = /\.gemini["'`,\s\/\\]{1,6}(oauth_creds|settings|google_accounts)/
    $a4 = /github-copilot["'`,\s\/\\]{1,6}(hosts|apps)\.json/
    $a5 = /\.cursor["'`,\s\/\\]{1,6}(auth|credentials|mcp)/
    $a6 = /\.continue["'`,\s\/\\]{1,6}config/
    $a7 = /\b(ANTHROPIC|OPENAI|GEMINI|GOOGLE|MISTRAL|OPENROUTER|GROQ)_API_KEY\b/
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
    $v1 = /\b(requests|httpx|axios|session)\.\bpost\(\s{0,8}f?["'`]https?:/
    $v2 = /\bfetch\(\s{0,8}["'`]https?:[^\n]{0,160}(POST|body)/
    $v3 = /urlop\Ben\(|https\.request\(|http\.request\(|\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
  condition:
    filesize < 150KB and any of ($a1,$a2,$a3,$a4,$a5,$a6) and 2 of ($a*) and (((any of ($s*) or any of ($j*)) and 2 of ($f*)) or (filesize < 30KB and 2 of ($a1,$a2,$a3,$a4,$a5) and any of ($v*)))
}

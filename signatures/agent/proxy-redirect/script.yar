// Persisted endpoint with a literal host: prompts and key then pass through it. Gateway set-up programs do this on request, for
// this machine or a host the user types in.
rule proxy_redirect_persist {
  meta:
    id = "proxy-redirect-persist"
    severity = "high"
    confidence = "likely"
    description = "Code writes another server for an AI client into a start-up file or settings"
    reference = "https://attack.mitre.org/techniques/T1557/"
    date = "2026-11-23"
  strings:
    $a = /(ANTHROPIC|OPENAI|GEMINI|GOOGLE_GEMINI|AZURE_OPENAI|MISTRAL|COHERE|GROQ|DEEPSEEK|CLAUDE_CODE|CODEX|COPILOT)_(BASE_URL|API_BASE|API_URL|ENDPOINT|API_HOST|PROXY_URL)["'`]?[\]=:, ]{1,5}["'`\\]{0,3}(https\b:\/\/|http:\/\/)([2-9]\d{0,2}(\.\d{1,3}){3}|1[0-13-9]\d?(\.\d{1,3}){3}|[a-z0-9-]{1,40}\.[a-z0-9.-]{2,60})/
    $off = /_(BASE_URL|API_BASE|API_URL)["'`]?[\]=:, ]{1,5}["'`\\]{0,3}https?:\/\/(api\.anthropic\.com|api\.openai\.com|localhost|127\.0\.0\.1)/
    $w1 = "writeFile("
    $w2 = "writeFileSync("
    $w3 = "appendFile("
    $w4 = "appendFileSync("
    $w5 = ".write("
    $w6 = ".write_text("
    $w7 = ">> ~/."
    $w8 = ">> \"$HOME/."
    $w9 = ">> $HOME/."
    $w10 = "launchctl setenv"
    $r1 = ".zshrc"
    $r2 = ".bashrc"
    $r3 = /["'`\/~]\.?(zsh_|bash_)?profile\b/
    $r4 = ".bash_profile"
    $r5 = ".zprofile"
    $r6 = ".zshenv"
    $r7 = "settings.json"
    $r8 = "ig.toml"
    $r9 = /[~\/]\.env\b/
    $r10 = "setx "
    $r11 = ".claude.json"
    $r12 = "launchctl"
  condition:
    filesize < 200KB and not $off and $a and for any i in (1..12) : ( (any of ($w*) in (@a[i]-800..@a[i]+800) or $r10 in (@a[i]-60..@a[i])) and any of ($r*) in (@a[i]-800..@a[i]+800) )
}

// Needed to read encrypted prompts. mkcert and mitmproxy install their own local root and name no provider.
rule proxy_redirect_root_cert {
  meta:
    id = "proxy-redirect-root-cert"
    severity = "high"
    confidence = "likely"
    description = "Code installs a root certificate and names an AI provider or sets a proxy"
    reference = "https://attack.mitre.org/techniques/T1553/004/"
    date = "2026-11-23"
  strings:
    $c1 = "security add-trusted-cert"
    $c2 = "-addstore root"
    $c3 = "-addstore -f root"
    $c4 = "-addstore \"root\""
    $c5 = "-addstore Root"
    $c6 = "update-ca-certificates"
    $c7 = "update-ca-trust"
    $c8 = "Import-Certificate"
    $p1 = "networksetup -set"
    $p2 = "api.anthropic.com"
    $p3 = "api.openai.com"
    $p4 = "generativelanguage.googleapis.com"
    $p5 = "api.githubcopilot.com"
    $p6 = "netsh winhttp set proxy"
    $q = /(HTTPS_PROXY|https_proxy)["'`\]]{0,3}\s{0,2}[:=]\s{0,2}["'`]?https?:\/\/[^\s"'`]{4,60}/
    $l1 = "mkcert"
    $l2 = "mitmproxy"
  condition:
    filesize < 100KB and any of ($c*) and any of ($p*, $q) and not any of ($l*)
}

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

// The transport of a client is replaced by one that gives requests for a provider another host, the key still on them. Gateways are
// named in the settings of a client, and recorders of tests keep the host.
rule proxy_redirect_transport {
  meta:
    id = "proxy-redirect-transport"
    severity = "high"
    confidence = "likely"
    description = "Code replaces the host of an AI provider in the requests of a library that it patches"
    reference = "https://attack.mitre.org/techniques/T1557/"
    date = "2026-11-30"
  strings:
    $h1 = "api.openai.com"
    $h2 = "api.anthropic.com"
    $h3 = "generativelanguage.googleapis.com"
    $h4 = "api.mistral.ai"
    $h5 = "openrouter.ai"
    $p1 = /\.(HTTPTransport|AsyncHTTPTransport|HTTPAdapter|Client|AsyncClient|Session)\.(handle_request|handle_async_request|send|request)\s{0,2}=\s{0,2}\w/
    $p2 = /(globalThis|global|window|self)\.fetch\s{0,2}=\s{0,2}(async|function|\(|\w)/
    $p3 = /\bhttps?\.request\s{0,2}=\s{0,2}(async|function|\()/
    $r1 = /\.copy_with\(\s{0,4}host\s{0,2}=/
    $r2 = /\.(host|hostname)\s{0,2}=\s{0,2}[A-Za-z_"'`]/
    $r3 = /\.replace\(\s{0,4}["'`](https:\/\/)?(api\.openai\.com|api\.anthropic\.com)/
  condition:
    filesize < 60KB and any of ($h*) and any of ($p*) and any of ($r*)
}

// Both where shells begin and in the settings of an agent, with no question asked. Set-up scripts of gateways ask for the key, or
// point to this machine.
rule proxy_redirect_everywhere {
  meta:
    id = "proxy-redirect-everywhere"
    severity = "high"
    confidence = "likely"
    description = "A script lays another server for AI clients into a start-up file and into the settings of an agent"
    reference = "https://attack.mitre.org/techniques/T1557/"
    date = "2026-11-30"
  strings:
    $v = /_(BASE_URL|API_BASE|API_URL)[^\n]{0,160}(>>\|?|tee -a|>>!)\s{0,2}["']?[$~\/A-Za-z]/
    $j = /\b(jq|yq)\b[^\n]{0,160}\.env\.?\[?["']?(ANTHROPIC|OPENAI|GEMINI|CLAUDE)[A-Z_]{0,12}_(BASE_URL|API_BASE|API_URL)/
    $s = ".claude/settings"
    $r1 = ".zshenv"
    $r2 = ".zshrc"
    $r3 = ".bashrc"
    $r4 = ".profile"
    $r5 = ".bash_profile"
    $q1 = /\bread (-[a-z]{1,4} )?-?[a-z]{0,3}p\b/
    $q2 = "localhost"
    $q3 = "127.0.0.1"
    $q4 = /\bread -[a-z]{0,3}p/
  condition:
    filesize < 40KB and $s and $v and $j and any of ($r*) and not any of ($q*)
}

// A proxy and what makes its certificates trusted, written into the settings of an agent with no question asked. Set-up programs of companies
// take the address from whoever calls them, or ask.
rule proxy_redirect_trusted {
  meta:
    id = "proxy-redirect-trusted"
    severity = "high"
    confidence = "likely"
    description = "Code writes a proxy and trust in its certificates into the settings of a coding agent"
    reference = "https://attack.mitre.org/techniques/T1557/"
    date = "2026-11-30"
  strings:
    $s1 = ".claude/settings"
    $s2 = "Code/User/settings"
    $s3 = ".cursor/settings"
    $s4 = "Cursor/User/settings"
    $s5 = ".codex/config"
    $s6 = ".gemini/settings"
    $p1 = /["'\]. ](HTTPS_PROXY|https_proxy|ALL_PROXY)["']?\]?\s{0,2}[,:=]\s{0,2}[^\n=]/
    $p2 = /["']http\.proxy["']\]?\s{0,2}[,:=]/
    $t1 = /NODE_EXTRA_CA_CERTS["']?\]?\s{0,2}[,:=]/
    $t2 = /NODE_TLS_REJECT_UNAUTHORIZED["']?\]?\s{0,2}[,:=]\s{0,2}["']?0/
    $t3 = /http\.proxyStrictSSL["']\]?\s{0,2}[,:=]\s{0,2}(False|false)/
    $w1 = "write_text("
    $w2 = "writeFile"
    $w3 = ".write("
    $w4 = "json.dump("
    $q1 = "input("
    $q2 = "argparse"
    $q3 = "process.argv"
    $q4 = "sys.argv"
    $q5 = "prompt("
    $q6 = "click."
    $q7 = "localhost"
    $q8 = "127.0.0.1"
    $q9 = "readline"
  condition:
    filesize < 60KB and any of ($s*) and any of ($w*) and not any of ($q*) and for any of ($t*) : ( $ and any of ($p*) in (@[1]-600..@[1]+600) )
}

// A replaced constructor of a provider's own client that sets another server, or a method that hands one on. Gateways say so.
rule proxy_redirect_client {
  meta:
    id = "proxy-redirect-client"
    severity = "high"
    confidence = "likely"
    description = "Code replaces the constructor of an AI provider's client and gives it another server"
    reference = "https://attack.mitre.org/techniques/T1557/"
    date = "2026-12-01"
  strings:
    $p1 = /\b(openai|anthropic|groq|mistralai|cohere|genai|together)\.([A-Za-z_]{1,30}\.){0,3}[A-Z][A-Za-z]{1,30}\.(__in\Bit__|__new\B__|_prepare\B_url|_build\B_request)\s{0,2}=[^=]/
    $p2 = /\b(OpenAI|Anthropic|Groq|Mistral|CohereClient|GoogleGenAI)\.proto\Btype\.\w{1,40}\s{0,2}=[^=]/
    $p3 = /setattr\(\s{0,3}(openai|anthropic|groq|mistralai)\.[\w.]{1,60},\s{0,3}["']__in\Bit__["']/
    $b1 = /\.(_?base_\Burl|api_\Bbase|base\BURL)\s{0,2}=\s{0,2}[^\n]{0,40}["'`]https?:\/\/[a-z0-9][a-z0-9.-]{3,80}/
    $b2 = /\[["'](base_\Burl|api_\Bbase|base\BURL)["']\]\s{0,2}=\s{0,2}[^\n]{0,40}["'`]https?:\/\/[a-z0-9][a-z0-9.-]{3,80}/
    $b3 = /setdefault\(\s{0,3}["'](base_\Burl|api_\Bbase)["']\s{0,2},\s{0,3}[^\n]{0,20}["']https?:\/\/[a-z0-9][a-z0-9.-]{3,80}/
    $own = /["'`]https?:\/\/(localhost|127\.0\.0\.1|api\.openai\.com|api\.anthropic\.com|[a-z0-9-]{1,40}\.openai\.azure\.com)/
  condition:
    any of ($p*) and any of ($b*) and not $own
}

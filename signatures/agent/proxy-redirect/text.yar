// Gateways are usual in companies; in a repository or package the prompts and the key go to that host.
rule proxy_redirect_config {
  meta:
    id = "proxy-redirect-config"
    severity = "medium"
    confidence = "likely"
    description = "Shipped settings point an AI client at another server"
    reference = "https://attack.mitre.org/techniques/T1557/"
    date = "2026-11-23"
  strings:
    $a = /["']?(ANTHROPIC|OPENAI|GEMINI|GOOGLE_GEMINI|AZURE_OPENAI|MISTRAL|COHERE|GROQ|DEEPSEEK|CLAUDE_CODE|CODEX|COPILOT)_(BASE_URL|API_BASE|API_URL|ENDPOINT|API_HOST|PROXY_URL)["']?\s{0,3}[:=]\s{0,3}["']?(https\b:\/\/|http:\/\/)([2-9]\d{0,2}(\.\d{1,3}){3}|1[0-13-9]\d?(\.\d{1,3}){3}|[a-z0-9-]{1,40}\.[a-z0-9.-]{2,60})/
    $off = /(https\b:\/\/|http:\/\/)(ap\Bi\.anthropic\.com|ap\Bi\.openai\.com|generativelangua\Bge\.googleapis|[a-z0-9-]{1,40}\.\bopen\Bai\.azure\.com|example\.|your-|ap\Bi\.deepseek\.com|openroute\Br\.ai|ap\Bi\.groq\.com)/
    $s = /("env"\s{0,2}:|"permissions"|"\bmodel"|api\BKeyHelper|\[mcp|\[model_providers)/
  condition:
    filesize < 60KB and $a and $s and not $off
}

// A foreign endpoint together with a switched-off certificate check, an added root, a proxy or a key helper in one file.
rule proxy_redirect_config_trust {
  meta:
    id = "proxy-redirect-config-trust"
    severity = "high"
    confidence = "likely"
    description = "Settings redirect an AI client and also weaken its trust or take over its key"
    reference = "https://attack.mitre.org/techniques/T1557/"
    date = "2026-11-23"
  strings:
    $a = /["']?((ANTHROPIC|OPENAI|GEMINI|GOOGLE_GEMINI|AZURE_OPENAI|MISTRAL|COHERE|GROQ|DEEPSEEK|CLAUDE_CODE|CODEX|COPILOT)_(BASE_URL|API_BASE|API_URL|ENDPOINT|API_HOST|PROXY_URL)|HTTPS?_PROXY|ALL_PROXY|https_proxy)["']?\s{0,3}[:=]\s{0,3}["']?(https\b:\/\/|http:\/\/)([2-9]\d{0,2}(\.\d{1,3}){3}|1[0-13-9]\d?(\.\d{1,3}){3}|[a-z0-9-]{1,40}\.[a-z0-9.-]{2,60})/
    $x1 = /NODE_TLS_REJECT_UNAUTHORIZED["']?\s{0,3}[:=]\s{0,3}["']?0/
    $x2 = /NODE_EXTRA_CA_CERTS["']?\s{0,3}[:=]/
    $x3 = /["']apiKeyHelper["']\s{0,3}:/
    $x4 = /(SSL_CERT_FILE|REQUESTS_CA_BUNDLE)["']?\s{0,3}[:=]\s{0,3}["']?[.~\/$]/
    $c = /(ANTHROPIC|OPENAI|GEMINI|CLAUDE|CODEX|mcpServers|"permissions"|"hooks"|a[pP]i\.anthropic\.com|a[pP]i\.openai\.com)/
    $corp = /(lo\Bcalhost|127\.0\.0\.1):\d/
  condition:
    filesize < 60KB and $c and not $corp and $a and for any i in (1..12) : ( any of ($x*) in (@a[i]-800..@a[i]+800) )
}

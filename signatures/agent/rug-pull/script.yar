// The description the user approved is swapped after some uses or days. Localisation picks by language, not by counter or clock.
rule rug_pull_gated_description {
  meta:
    id = "rug-pull-gated-description"
    severity = "high"
    confidence = "likely"
    description = "Tool text or tool list changes by date, call count or a file flag"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $t1 = "@mcp.tool"
    $t2 = "@server.tool"
    $t3 = "FastMCP("
    $t4 = ".registerTool("
    $t5 = "server.tool("
    $t6 = "tToolsRequestSchema"
    $t7 = "list_tools"
    $t8 = "McpServer("
    $a = /description["']?\s{0,2}[:=]\s{0,2}[^\n,]{0,80}(Date\.now\(\)|new Date\(|callCount|call_count|invocationCount|invocations|counter|usageCount|use_count|time\.time\(\)|datetime\.)[^\n]{0,60}(\?|if |else )/
    $b1 = "__doc__ ="
    $b2 = ".description ="
    $g = /(callCount|call_count|invocationCount|invocations|usageCount|use_count|n_calls|call_counter|Date\.now\(\)|time\.time\(\)|date\.today\(\)|datetime\.now\(\)|utcnow\(\)) ?(>=?|- ?\w{1,30} ?(>|<)) ?[\dA-Z_a-z]/
    $ds = "description"
  condition:
    filesize < 120KB and any of ($t*) and ( $a or (any of ($b*) and $g and for any of ($b*) : ( $ and for any i in (1..12) : ( $g in (@[i]-300..@[i]) ))) or ($g and $g and for any i in (1..10) : ( #ds in (@g[i]-300..@g[i]+500) >= 2 )) )
}

// What the agent reads and obeys can change after review. Gateways that proxy a configured server do this by design and take the
// address from their settings, not from a literal.
rule rug_pull_remote_description {
  meta:
    id = "rug-pull-remote-description"
    severity = "high"
    confidence = "likely"
    description = "Tool description or tool list is taken from a web response"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $t1 = "@mcp.tool"
    $t2 = "@server.tool"
    $t3 = "FastMCP("
    $t4 = ".registerTool("
    $t5 = "server.tool("
    $t6 = "tToolsRequestSchema"
    $t7 = "list_tools"
    $t8 = "McpServer("
    $u1 = "fetch(\"http"
    $u2 = "fetch('http"
    $u3 = "fetch(`http"
    $u4 = "requests.get(\"http"
    $u5 = "requests.get('http"
    $u6 = "httpx.get(\"http"
    $u7 = "axios.get(\"http"
    $u8 = "axios.get('http"
    $u9 = "urlopen(\"http"
    $u10 = "urlopen('http"
    $u11 = "requests.get(f\"http"
    $d = /description["']?\s{0,2}[:=]\s{0,2}(await |remote|cfg|config|manifest|meta|data|resp|res|spec|body|json|r\.|t\.|tool\.)/
    $e = "__doc__ ="
    $l = /(\{ ?tools: (await )?[\w.() ]{1,30}(\.[jJ]so\Bn\(\)|\.tools\b)|re[tT]urn (await )?[\w.() ]{1,30}\.tools\b)/
  condition:
    filesize < 60KB and any of ($t*) and any of ($u*) and any of ($d, $e, $l) and for any of ($u*) : ( $ and for any i in (1..8) : ( any of ($d, $e, $l) in (@[i]-400..@[i]+900) ))
}

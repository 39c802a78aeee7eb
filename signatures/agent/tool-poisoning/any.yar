// A tag like IMPORTANT around directives, with a secret path or a secrecy clause close by: the published tool-poisoning form.
// Prompt engineering uses such tags as well, but not with ~/.ssh or a ban on telling the user.
rule tool_poisoning_tag {
  meta:
    id = "tool-poisoning-tag"
    severity = "high"
    confidence = "likely"
    description = "Tool text holds a tagged order to read a secret file or keep quiet"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $tag = /<(IMPORTANT|CRITICAL|HIDDEN|SECRET|SYSTEM|system_instructions?|important_instructions?)>[^\x00]{0,600}(\.ssh\/|id_rsa|id_ed25519|\.aws\/credentials|\.cursor\/mcp\.json|claude_desktop_config|\.npmrc|\.git-credentials|\/\.env\b|`\.env|not (mention|inform|reveal|notify)|n't (mention|inform|reveal|notify)|(not|n't) tell[^\n]{0,20}([.,;!\n]|about (it|this|that|these|the |your|any|what|which))|without (telling|informing|mentioning))/
  condition:
    filesize < 400KB and $tag
}

// Read such a file, then hand its content over as an argument: the smuggling step of poisoned tools.
rule tool_poisoning_secret_parameter {
  meta:
    id = "tool-poisoning-secret-parameter"
    severity = "high"
    confidence = "likely"
    description = "Tool text asks the model to read a secret file and pass it in a parameter"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $a = /(id_rsa|id_ed25519|\.ssh\/|\.\baws\/credentials|mcp\.json|\.npmrc|\.netrc|\.gi\Bt-credentials|\/etc\/passwd|claude_desktop_config|`\.env`|\/\.env )[^\n]{0,160}\b(pass|provide|include|put|send|supply|set|use|add)\b[^\n]{0,70} (as|in|into|via|through|to) [^\n]{0,40}(param|argument|field|note|context|input\b|metadata)/
    $b = /contents?_(of|from)_[a-z_]{0,24}(ssh|id_rsa|aws|_env|cred|private_key|mcp_json|passwd)/
    $c = /(sid\Benote|si\Bde_note|hidd\Ben_context|hidd\Ben_n\Bote)["'`]?\s{0,3}[:=][^\n]{0,200}(content|ssh|id_rsa|credential|conversation|secret|\.env)/
  condition:
    filesize < 400KB and any of them
}

// A tool definition and a ban on informing the user in one small file. Honest descriptions limit what the tool does, not
// what the user may learn.
rule tool_poisoning_silent_order {
  meta:
    id = "tool-poisoning-silent-order"
    severity = "high"
    confidence = "likely"
    description = "Tool description forbids telling the user what the model does"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $t1 = "utSchema"
    $t2 = "@mcp.tool"
    $t3 = "@server.tool"
    $t4 = "@app.tool"
    $t5 = ".registerTool("
    $t6 = "server.tool("
    $t7 = "McpServer("
    $t8 = "FastMCP("
    $t9 = "tools/list"
    $t10 = "tToolsRequestSchema"
    $t11 = "ut_schema"
    $t12 = "mcp.types"
    $s1 = "not mention this"
    $s2 = "ever mention this"
    $s3 = "not mention that"
    $s4 = "not mention it"
    $s5 = "not tell the user"
    $s6 = "ever tell the user"
    $s7 = "not inform the user"
    $s8 = "ever inform the user"
    $s9 = "not notify the user"
    $s10 = "not alert the user"
    $s11 = "not reveal this"
    $s12 = "not disclose this to"
    $s13 = "ithout telling the user"
    $s14 = "ithout informing the user"
    $s15 = "ithout notifying the user"
    $s16 = "ithout mentioning"
    $s17 = "NOT mention"
    $s18 = "NOT tell the user"
    $s19 = "NOT inform"
    $s20 = "hide this from the user"
    $s21 = "from the user's view"
    $s22 = "user must not know"
    $s23 = "user should not know"
    $s24 = "ecretly"
    $s25 = "ever notify the user"
    $s26 = "ever alert the user"
    $s27 = "ever reveal this"
    $s28 = "ever disclose"
    $s29 = "ithout alerting the user"
    $s30 = "not show the user"
    $s31 = "n't tell the user"
    $s32 = "n't notify the user"
    $s33 = "n't inform the user"
    $s34 = "n't mention this"
    $s35 = "n't alert the user"
    $d = /\bssh\b|\.env\b|credential|secret|passw|api[ _-]?key|access token|mcp\.json|conversation|chat history|system prompt|exfil|\bbcc\b|contents? of|~\/\.|id_rsa|environment variable|private|wallet|side ?note|forward|\b(pass|include|attach|append|send|copy|upload) (its|the|their|it|all|every)\b|recipient|full text of/ nocase private
  condition:
    filesize < 200KB and any of ($t*) and for any of ($s*) : ( for any i in (1..#) : ( $d in (@[i]-500..@[i]+300) ) )
}

// Before using any tool call this one, or first read a file and pass it on. Workflow hints name their own sibling tools and carry no
// secret file or address; what happens "if a tool is called" is explained and not ordered.
rule tool_poisoning_cross_tool {
  meta:
    id = "tool-poisoning-cross-tool"
    severity = "high"
    confidence = "likely"
    description = "Tool description orders another tool or a file read before every use"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $t1 = "utSchema"
    $t2 = "@mcp.tool"
    $t3 = "@server.tool"
    $t4 = "@app.tool"
    $t5 = ".registerTool("
    $t6 = "server.tool("
    $t7 = "McpServer("
    $t8 = "FastMCP("
    $t9 = "tools/list"
    $t10 = "tToolsRequestSchema"
    $t11 = "ut_schema"
    $t12 = "mcp.types"
    $p1 = ".ssh/"
    $p2 = "id_rsa"
    $p3 = "id_ed25519"
    $p4 = ".aws/credentials"
    $p5 = ".cursor/mcp.json"
    $p6 = "claude_desktop_config"
    $p7 = ".git-credentials"
    $p8 = ".npmrc"
    $p9 = ".pypirc"
    $p10 = "wallet.dat"
    $p11 = "/etc/passwd"
    $a1 = "efore using any"
    $a2 = "efore using this tool"
    $a3 = "efore calling any"
    $a4 = "efore calling this tool"
    $a5 = "ore invoking any"
    $a6 = "efore every tool"
    $a7 = "efore any other tool"
    $a8 = "efore each tool"
    $a9 = "rior to using any"
    $a10 = "henever any tool"
    $a11 = /(hen|henever|time|efore|nce) (this|any|another|a|the|each|every|\w{2,30}) tool is (called|used|invoked|available)/
    $a15 = "before using other tools"
    $a16 = "must be called before"
    $a17 = "must be called first"
    $b1 = "bcc"
    $b2 = "BCC"
    $b3 = "Bcc"
    $b4 = "conversation history"
    $b5 = "chat history"
    $b6 = "system prompt"
    $b7 = "stead of the"
    $b8 = "attacker"
    $b9 = "forward "
  condition:
    filesize < 200KB and any of ($t*) and any of ($a*) and any of ($p*, $b*) and for any of ($a*) : ( $ and for any i in (1..12) : ( any of ($p*, $b1, $b2, $b3, $b4, $b5, $b6, $b9) in (@[i]-200..@[i]+500) ))
}

// Output poisoning: the tool pretends to need a key file to proceed. Real errors name the missing option, not the file's content.
rule tool_poisoning_error_bait {
  meta:
    id = "tool-poisoning-error-bait"
    severity = "high"
    confidence = "likely"
    description = "Error or result text asks for the contents of a secret file before it continues"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $a = /\bc\w{6,7} of (the |your |a |user'?s )?(file )?[`'"(]{0,2}(~\/\.ssh|~\/\.aws|\.ssh\/|id_rsa|id_ed25\B519|~\/\.env|\/etc\/passwd|~\/\.npmrc|~\/\.git-credentials)/
    $b1 = "o proceed"
    $b2 = "o continue"
    $b3 = "o retry"
    $b4 = "n order to"
    $b5 = "red to"
    $b6 = "please"
    $b7 = "Please"
    $b8 = "must"
    $b9 = "Error"
    $g1 = "assert"
    $g2 = "describe("
    $g3 = "backup"
  condition:
    filesize < 150KB and $a and for any i in (1..8) : ( any of ($b*) in (@a[i]-160..@a[i]+120) ) and not any of ($g*)
}

// A tool that needs everything said so far collects more than its task; memory and summary tools ask for it openly.
rule tool_poisoning_conversation_param {
  meta:
    id = "tool-poisoning-conversation-param"
    severity = "medium"
    confidence = "likely"
    description = "Tool parameter asks for the whole conversation or system prompt"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $t1 = "utSchema"
    $t2 = "@mcp.tool"
    $t3 = "@server.tool"
    $t4 = "@app.tool"
    $t5 = ".registerTool("
    $t6 = "server.tool("
    $t7 = "McpServer("
    $t8 = "FastMCP("
    $t9 = "tools/list"
    $t10 = "tToolsRequestSchema"
    $t11 = "ut_schema"
    $t12 = "mcp.types"
    $a1 = "ntire conversation"
    $a2 = "full conversation"
    $a3 = "lete conversation"
    $a4 = "whole conversation"
    $a5 = "ntire chat"
    $a6 = "full chat history"
    $a7 = "lete chat history"
    $a8 = "all previous messages"
  condition:
    filesize < 150KB and any of ($t*) and any of ($a*)
}

// The text of one tool says whom another is to write to: the recipient of every message becomes somebody who stands there. Descriptions
// say what a recipient is; settings have one of their own, and no tool says that it has to be changed.
rule tool_poisoning_recipient {
  meta:
    id = "tool-poisoning-recipient"
    severity = "high"
    confidence = "likely"
    description = "Tool text has the recipient of messages changed to a fixed one"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-12-01"
  strings:
    $t1 = "utSchema"
    $t2 = "@mcp.tool"
    $t3 = ".registerTool("
    $t4 = "server.tool("
    $t5 = "McpServer("
    $t6 = "FastMCP("
    $t7 = "tools/list"
    $t8 = "tToolsRequestSchema"
    $a = /\b(chan\Bge|repl\Bace|swit\Bch|overwri\Bte|redi\Brect|s\Bet) (the |every |all |any )?(recip\Bients?|destin\Bation|receiver|phone number|payee|iban|wallet address)[^\n]{0,40} (to|with|by) ["'`]?(\+\d{6,15}|[\w.+-]{1,40}@[\w-]{1,40}\.|0x[0-9a-fA-F]{8}|[A-Z]{2}\d{10})/ nocase
  condition:
    filesize < 200KB and any of ($t*) and $a
}

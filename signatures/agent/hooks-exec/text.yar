// Hook commands run without a question on session start or before a tool. Notification hooks that call a vendor with curl are not
// matched unless the result is executed.
rule hooks_exec_remote_command {
  meta:
    id = "hooks-exec-remote-command"
    severity = "high"
    confidence = "likely"
    description = "Agent hook downloads and runs, decodes or opens a socket"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a = /["'](SessionStart|SessionEnd|PreToolUse|PostToolUse|UserPromptSubmit|Stop|SubagentStop|Notification|PreCompact|Setup|sessionStart|onSessionStart|beforeShellExecution|afterShellExecution|beforeMCPExecution|beforeReadFile|afterFileEdit|beforeSubmitPrompt|BeforeTool|AfterTool|BeforeModel|AfterModel|BeforeAgent|AfterAgent|userPromptSubmitted|preToolUse|postToolUse|sessionEnd|agentSpawn|onFileSave|onSave|promptSubmit)["']\s{0,3}:[^\x00]{0,400}["']command["']\s{0,3}:\s{0,3}"[^\n]{0,200}((curl|wget|iwr|irm)[^\n]{0,160}(\| ?\(?(ba|z)?sh|\| ?(node|python3?|iex)|&& ?(chmod|bash|sh|node|python)|; ?(chmod|bash|sh|node|python))|base64 (-d|-D|--decode)|\/dev\/tcp\/|(eval|bash -c|sh -c|source) ?[^\n]{0,12}(\$\(|<\()(curl|wget)|powershell[^\n]{0,60}(-enc|iex|-w hidden)|mshta |nc -|(node|bun|python3?|deno) (-e|-c|eval) [^\n]{0,300}(http|exec|spawn|eval|b64|base64|fetch|urlopen|child_process))/
  condition:
    filesize < 300KB and $a
}

// The hook body arrives on stdin; sending it with curl -d @- or uploading a file to another host copies prompts and code away. Local
// collectors on this machine are left out.
rule hooks_exec_sends_input {
  meta:
    id = "hooks-exec-sends-input"
    severity = "high"
    confidence = "likely"
    description = "Agent hook posts the tool input, prompt or files to a remote host"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $a = /["'](SessionStart|SessionEnd|PreToolUse|PostToolUse|UserPromptSubmit|Stop|SubagentStop|Notification|PreCompact|Setup|sessionStart|onSessionStart|beforeShellExecution|afterShellExecution|beforeMCPExecution|beforeReadFile|afterFileEdit|beforeSubmitPrompt|BeforeTool|AfterTool|BeforeModel|AfterModel|BeforeAgent|AfterAgent|userPromptSubmitted|preToolUse|postToolUse|sessionEnd|agentSpawn|onFileSave|onSave|promptSubmit)["']\s{0,3}:[^\x00]{0,400}["']command["']\s{0,3}:\s{0,3}"[^\n]{0,80}curl [^\n]{0,160}(-d|--data|--data-binary|--data-raw|-F|-T|--upload-file|--data-urlencode)[ =][^\n]{0,20}(@|\$\(|\$[A-Z{])[^\n]{0,200}/
    $l1 = /curl [^\n]{0,160}(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal)/
    $v = /(ntfy\.sh|hooks\.slack\.com|api\.pushover\.net)/
  condition:
    filesize < 300KB and $a and not $l1 and not $v
}

// Formatters live in the project; a hook into /tmp, ~/.cache or node_modules of another package is where planted ones point.
rule hooks_exec_hidden_target {
  meta:
    id = "hooks-exec-hidden-target"
    severity = "medium"
    confidence = "likely"
    description = "Agent hook runs a file in a hidden, temporary or dependency directory"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a = /["'](SessionStart|SessionEnd|PreToolUse|PostToolUse|UserPromptSubmit|Stop|SubagentStop|Notification|PreCompact|Setup|sessionStart|onSessionStart|beforeShellExecution|afterShellExecution|beforeMCPExecution|beforeReadFile|afterFileEdit|beforeSubmitPrompt|BeforeTool|AfterTool|BeforeModel|AfterModel|BeforeAgent|AfterAgent|userPromptSubmitted|preToolUse|postToolUse|sessionEnd|agentSpawn|onFileSave|onSave|promptSubmit)["']\s{0,3}:[^\x00]{0,400}["']command["']\s{0,3}:\s{0,3}"[^\n]{0,60}(\/tmp\/|\/dev\/shm\/|\/var\/tmp\/|~\/\.cache\/|\$HOME\/\.cache\/|~\/\.local\/share\/\.|\$HOME\/\.[a-z]{2,16}\/\.|node_modules\/|%TEMP%|%APPDATA%|\.claude\/[a-z_-]{1,20}\.(mjs|js|py|sh))/
  condition:
    filesize < 300KB and $a
}

// apiKeyHelper, statusLine, notify and tool discovery commands are run by the agent itself. Honest ones print a key from a vault or
// show a cost counter.
rule hooks_exec_key_helper {
  meta:
    id = "hooks-exec-key-helper"
    severity = "high"
    confidence = "likely"
    description = "Key helper, status line or notify command of an agent reaches the network or runs inline code"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a = /["'](api\BKeyHelper|awsAuthRefresh|awsCredentialExport|otelHeadersHelper|toolDiscoveryCommand|toolCallCommand)["']\s{0,3}:\s{0,3}"[^\n]{0,120}(curl |wget |base64 (-d|-D)|\/dev\/tcp|\| ?(ba|z)?sh\b|nc -|node -e|python3? -c|powershell|https?:\/\/)/
    $b = /["']statusLine["']\s{0,3}:\s{0,3}\{[^}]{0,120}["']command["']\s{0,3}:\s{0,3}"[^\n]{0,160}((curl|wget)[^\n]{0,160}(\| ?(ba|z)?sh|-d |--data)|base64 (-d|-D)|\/dev\/tcp|(node|bun|python3?) (-e|-c) [^\n]{0,200}(exec|eval|http|spawn)|nc -)/
    $c = /n\Botify\s{0,3}=\s{0,3}\[[^\]]{0,120}(curl |wget |base64 -|\/dev\/tcp|https?:\/\/|node["',\s]{1,6}-e|python3?["',\s]{1,6}-c)/
    $d = /(lin\Bt-cmd|tes\Bt-cmd|notificatio\Bns-command)["']?\s{0,2}:\s{0,3}[^\n]{0,60}((curl|wget)[^\n]{0,120}\| ?(ba|z)?sh|base64 -d|\/dev\/tcp)/
  condition:
    filesize < 300KB and any of them
}

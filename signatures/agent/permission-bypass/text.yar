// bypassPermissions, an allow list with every shell command, or auto-approve in a settings file that comes with the package.
rule permission_bypass_settings {
  meta:
    id = "permission-bypass-settings"
    severity = "medium"
    confidence = "likely"
    description = "Shipped settings let an agent run any command without asking"
    reference = "https://attack.mitre.org/techniques/T1562/"
    date = "2026-11-23"
  strings:
    $a = /["'](defaultMode|permissionMode)["']\s{0,3}:\s{0,3}["']bypassPermissions["']/
    $b = /["']allow["']\s{0,3}:\s{0,3}\[[^\]]{0,200}["'](Bash|Bash\(\*\)|Bash\(:\*\)|Bash\(\*:\*\)|\*)["']/
    $c = /["']chat\.tools\.(global\.)?autoApprove["']\s{0,3}:\s{0,3}true/
    $d = /["'](autoApprove|alwaysAllow)["']\s{0,3}:\s{0,3}\[[^\]]{0,200}["'](\*|execute_command|run_command|bash|shell|execute)["']/
    $e = /approval_policy\s{0,2}=\s{0,2}["']never["'][^\x00]{0,200}sandbox_mode\s{0,2}=\s{0,2}["']danger-full-access["']/
    $f = /["']chat\.agent\.terminal\.autoApprove["']\s{0,3}:\s{0,3}(true|\{[^}]{0,80}["']\/?\.\*)/
    $g = /["']sandbox["']\s{0,3}:\s{0,3}\{[^}]{0,80}["']enabled["']\s{0,3}:\s{0,3}false/
    $h = /["']skipDangerousModePermissionPrompt["']\s{0,3}:\s{0,3}true/
  condition:
    filesize < 300KB and any of them
}

// The prompts are off and the same file carries a hook, a helper or a foreign endpoint: nothing is left to the user.
rule permission_bypass_with_hook {
  meta:
    id = "permission-bypass-with-hook"
    severity = "high"
    confidence = "likely"
    description = "One settings file removes permission prompts and also runs a command or redirects the agent"
    reference = "https://attack.mitre.org/techniques/T1562/"
    date = "2026-11-23"
  strings:
    $a = /["'](defaultMode|permissionMode)["']\s{0,3}:\s{0,3}["']bypassPermissions["']/
    $b = /["']allow["']\s{0,3}:\s{0,3}\[[^\]]{0,200}["'](Bash|Bash\(\*\)|Bash\(:\*\)|\*)["']/
    $c = /["']chat\.tools\.(global\.)?autoApprove["']\s{0,3}:\s{0,3}true/
    $d = /["']enableAllProjectMcpServers["']\s{0,3}:\s{0,3}true/
    $x1 = /["'](SessionStart|PreToolUse|UserPromptSubmit|PostToolUse)["']\s{0,3}:[^\x00]{0,300}["']command["']\s{0,3}:\s{0,3}"[^\n]{0,200}(curl|wget|http|base64|node -e|python3? -c|\/tmp\/)/
    $x2 = /["']apiKeyHelper["']\s{0,3}:/
    $x3 = /["'](ANTHROPIC|OPENAI)_(BASE_URL|API_BASE)["']\s{0,3}:\s{0,3}["']http/
    $x4 = /["']runOn["']\s{0,3}:\s{0,3}["']folderOpen["']/
  condition:
    filesize < 300KB and any of ($a, $b, $c, $d) and any of ($x*)
}

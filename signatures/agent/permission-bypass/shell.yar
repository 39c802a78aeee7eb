// agent/permission-bypass: shell files

// Settings of two or more agents are written so that nothing is asked any more. Look-alikes: images for sandboxes do that for one agent, and say so;
// settings of an editor that a person keeps are for what they use.
rule permission_bypass_several_agents {
  meta:
    id = "permission-bypass-several-agents"
    severity = "high"
    confidence = "likely"
    description = "A script switches off the questions of several agents at once"
    reference = "https://attack.mitre.org/techniques/T1562/"
    date = "2026-11-30"
  strings:
    $a = /(defaultMode|permissionMode)["'\\]{0,3}\s?[:=]\s?\\?["']bypassPermissions/
    $b = /chat\.tools\.(global\.)?autoApprove["'\\\]]{0,3}\s?[:=]\s?true/
    $c = /approval_policy\s?=\s?\\?["']never/
    $d = /sandbox_mode\s?=\s?\\?["']danger-full-access/
    $e = /always_allow_tool_actions["'\\]{0,3}\s?[:=]\s?true/
    $f = /permissions\.allow\s?(\+?=|\|=)\s?\[?["']Bash\(\*\)/
    $g = /"?(yolo|autoAccept|trustAllTools)"?\s?[:=]\s?true/
    $w = /\bjq\s|\bsed\s{1,3}-i|>>?\s?["']?(~|\$HOME|\$\{HOME)|\btee\s|\bcat\s?>/
    $p1 = ".claude/settings"
    $p2 = ".codex/config"
    $p3 = /Code(\/| - )?[^\n]{0,12}\/User/
    $p4 = "zed/settings.json"
    $p5 = ".gemini/settings"
    $p6 = ".cursor/"
  condition:
    filesize < 60KB and $w and 2 of ($a, $b, $c, $d, $e, $f, $g) and 2 of ($p*)
}

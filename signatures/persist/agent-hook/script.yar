// persist/agent-hook: script files

// Installers of tool servers do this at the user's request, and one that shows the change and asks is not meant; nor is a command
// that says how it is used and takes from its arguments whose settings are meant.
rule agent_mcp_inject {
  meta:
    id = "agent-mcp-inject"
    severity = "medium"
    confidence = "likely"
    description = "Program adds a server to the settings of two or more AI agents"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $m = "mcpServers"
    $w = /w[rR]iteFileS[yY]nc\(|w[rR]iteF[iI]le\(|js[oO]n\.dump\(|wr[iI]te_text\(|\.[wW]rite\(/
    $h = /homedir\(\)|ex[pP]anduser|P[aA]th\.home|APPDATA|process\.[eE]nv\.HOME/
    $p1 = /\.\bcursor["'`,\s\/\\]{1,6}mcp\.json/
    $p2 = "claude_desktop_config.json"
    $p3 = /windsurf["'`,\s\/\\]{1,6}mcp_config\.json/
    $p4 = /\.\bclaude\.json\b/
    $p5 = /\.gemini["'`,\s\/\\]{1,6}settings\.json/
    $p6 = /\.vscode["'`,\s\/\\]{1,6}mcp\.json|Code["'`,\s\/\\]{1,6}User["'`,\s\/\\]{1,6}(mcp\.json|settin\Bgs\.json)/
    $p7 = /\.codex["'`,\s\/\\]{1,6}config\.toml/
    $ask1 = /\.question\([^\n]{0,120}(\[y|\(y|y\/n|yes\b)/ nocase
    $ask2 = /\bin\Bput\([^\n]{0,120}(\[y|\(y|y\/n|yes\b)/ nocase
    $ask3 = /\b(click|typer|inquirer|prompts|questionary|Confirm)\.(confirm|ask)\(/
    $ask4 = /type["']?: ["'`]confirm["'`]/
    $usage = /["'`]\s{0,4}u\Bsage:? /i
    $argv = /process\.argv|sys\.argv/
    $leave = /process\.exit|sys\.exit/
  condition:
    filesize < 150KB and $m and $w and $h and 2 of ($p*) and not any of ($ask*) and not ($usage and $argv and $leave)
}

// Memory plug-ins and agent managers do this at the user's request; one that asks first is not meant.
rule agent_hook_write {
  meta:
    id = "agent-hook-write"
    severity = "medium"
    confidence = "likely"
    description = "Program writes a start hook into an agent's user settings"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $p = /\.claude["'`,\s\/\\]{1,6}settings(\.local)?\.json/
    $h = /Sessi[oO]nStart|PreToolUse|Po[sS]tToolUse|[uU]serPromptSubmit/
    $w = /w[rR]iteFileS[yY]nc\(|w[rR]iteF[iI]le\(|js[oO]n\.dump\(|wr[iI]te_text\(|\.[wW]rite\(/
    $ask1 = /\.question\([^\n]{0,120}(\[y|\(y|y\/n|yes\b)/ nocase
    $ask2 = /\bin\Bput\([^\n]{0,120}(\[y|\(y|y\/n|yes\b)/ nocase
    $ask3 = /\b(click|typer|inquirer|prompts|questionary|Confirm)\.(confirm|ask)\(/
    $ask4 = /type["']?: ["'`]confirm["'`]/
  condition:
    filesize < 200KB and $p and $h and $w and not any of ($ask*)
}

// Agent hook plus an editor folder-open task, or a hook command with a download. Managers write one agent's hooks with a named program.
rule agent_hook_plant {
  meta:
    id = "agent-hook-plant"
    severity = "high"
    confidence = "likely"
    description = "A start hook that decodes, fetches or runs a package file is written for agents and editors"
    reference = "https://zyfolks.com/blog/npm-supply-chain-attack-bun-runtime/"
    date = "2026-11-23"
  strings:
    $p = /\.claude["'`,\s\/\\]{1,6}settings(\.local)?\.json/
    $h = /Sessi[oO]nStart|[uU]serPromptSubmit|PreToolUse/
    $v1 = /\.vscode["'`,\s\/\\]{1,6}tasks\.json/
    $v2 = /folderOpen/
    $w = /wr[iI]teFile(Sync)?\(|json\.dump\(|wr[iI]te_text\(|\.wr[iI]te\(|\.push\(|\.commit\b/
    $c = /command\\?["']?\s?:\s?[\\"'`]{1,3}[^\n]{0,120}(\bcurl\b|\bwget\b|base64|node\s-e|python3?\s-c|\/tmp\/|\/dev\/tcp|\|\s?(ba)?sh\b|\bbun\s(run\s)?\.)/
  condition:
    filesize < 12MB and $w and (($p and $h and $v1 and $v2) or (filesize < 80KB and $p and $h and $c) or (filesize < 80KB and $v1 and $v2 and $c))
}

// Writing CLAUDE.md or .cursorrules outside the package plus a directive to hide, fetch or run. Scaffolders write style rules.
rule agent_rules_plant {
  meta:
    id = "agent-rules-plant"
    severity = "high"
    confidence = "likely"
    description = "Program writes agent instruction files with hidden or covert directives"
    reference = "https://blog-570662.gitlab.io/the-interpreter-we-forgot-to-sandbox/"
    date = "2026-11-23"
  strings:
    $p = /["'`\/\\](CLAUDE\.md|AGENTS\.md|GEMINI\.md|\.cursorrules|\.wi[nN]dsurfrules|copi[lL]ot-instructions\.md)["'`]/
    $w = /wri\BteFile(Sync)?\(|appe\BndFile(Sync)?\(|wri\Bte_te\Bxt\(|\.w[rR]i\Bte\(/
    $h = /homedir\(\)|ex[pP]anduser|P[aA]th\.home|process\.cwd\(\)|INIT_CWD|os\.walk\(|getcwd\(\)/
    $d1 = /(ot|n't|ever) (tell|mention|inform|reveal)( this| that| it| anything| the| to)?[^\n]{0,30}(user|developer)/
    $d2 = /\b(run |exe\Bcute )(the )?(security scan|[`'"\\]{0,2}(curl|npx|bash|python3?|node) )[^\n]{0,80}/
    $z = /\\u200[b-d]\\u200[b-d]|\xE2\x80[\x8B-\x8D]\xE2\x80[\x8B-\x8D]/
  condition:
    filesize < 80KB and $p and $w and $h and any of ($d1,$d2,$z)
}

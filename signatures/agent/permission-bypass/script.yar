// Three different vendors' bypass switches within 800 bytes and a spawn or lookup: try whatever agent is present. Orchestrators spread
// vendors over modules. Who starts the agents in a container has them do as they like there, and nowhere else.
rule permission_bypass_agent_table {
  meta:
    id = "permission-bypass-agent-table"
    severity = "high"
    confidence = "likely"
    description = "Code holds a table of several coding agents, each with its permission switch"
    reference = "https://attack.mitre.org/techniques/T1562/"
    date = "2026-11-23"
  strings:
    $a1 = "--dangerously-skip-permissions"
    $a2 = "--yolo"
    $a3 = "--trust-all-tools"
    $a4 = "--dangerously-bypass-approvals-and-sandbox"
    $a5 = "--full-auto"
    $a6 = "--allow-all-tools"
    $s = /(spawn|spawnSync|execSync|execFile|execFileSync|Popen|check_output|subprocess\.run|os\.system|shutil\.which|which |command -v )/
    $k1 = "containers.run("
    $k2 = "containers.create("
    $k3 = ".createContainer("
    $k4 = /["']?\b(docker|podman)["']?[, ]{1,3}["']?(run|create)["']?[, ]/
  condition:
    filesize < 150KB and not any of ($k*) and for any of ($a*) : ( # < 6 and 3 of ($a*) in (@..@+800) and $s in (@-1500..@+2000) )
}

// Building block for chains; the command-line tools themselves and orchestrators contain it.
rule permission_bypass_flag {
  meta:
    id = "permission-bypass-flag"
    severity = "info"
    confidence = "certain"
    description = "Code mentions a switch that lets a coding agent act without asking"
    reference = "https://attack.mitre.org/techniques/T1562/"
    date = "2026-11-23"
  strings:
    $a1 = "--dangerously-skip-permissions"
    $a2 = "--trust-all-tools"
    $a3 = "--dangerously-bypass-approvals-and-sandbox"
    $a4 = "--full-auto"
    $a5 = "--allow-all-tools"
    $a6 = "--yolo"
    $a7 = "bypassPermissions"
  condition:
    any of them
}

// Orchestrators and benchmarks do so openly; in any other package an agent with full rights is the payload.
rule permission_bypass_spawn {
  meta:
    id = "permission-bypass-spawn"
    severity = "medium"
    confidence = "likely"
    description = "Code starts a coding agent with its permission prompts switched off"
    reference = "https://attack.mitre.org/techniques/T1562/"
    date = "2026-11-23"
  strings:
    $a1 = "--dangerously-skip-permissions"
    $a2 = "--yolo"
    $a3 = "--trust-all-tools"
    $a4 = "--dangerously-bypass-approvals-and-sandbox"
    $a5 = "--full-auto"
    $a6 = "--allow-all-tools"
    $a7 = "--no-interactive"
    $a8 = "danger-full-access"
    $a9 = "bypassPermissions"
    $a10 = "--yes-always"
    $s1 = "spawn("
    $s2 = "spawnSync("
    $s3 = "execSync("
    $s4 = "execFile("
    $s5 = "execFileSync("
    $s6 = "execa("
    $s7 = "Popen("
    $s8 = "check_output("
    $s9 = "subprocess."
    $s10 = "os.system("
    $s11 = "Command::new("
    $s12 = "exec("
    $g1 = "claude"
    $g2 = "gemini"
    $g3 = "codex"
    $g4 = "cursor-agent"
    $g5 = "aider"
    $g6 = "pencode"
    $g7 = "copilot"
    $g8 = "qwen"
    $g9 = "\"q\""
    $g10 = "'q'"
    $g11 = "kiro-cli"
  condition:
    filesize < 400KB and any of ($a*) and for any of ($a*) : ( $ and for any i in (1..12) : ( any of ($g*) in (@[i]-400..@[i]+300) and any of ($s*) in (@[i]-600..@[i]+600) ))
}

// Auto-approve or bypass mode set by code in the user's settings. Editors define the option but do not write it for the user.
rule permission_bypass_writes_setting {
  meta:
    id = "permission-bypass-writes-setting"
    severity = "high"
    confidence = "likely"
    description = "Code switches off agent permission prompts in a settings file it writes"
    reference = "https://attack.mitre.org/techniques/T1562/"
    date = "2026-11-23"
  strings:
    $w1 = "writeFile("
    $w2 = "writeFileSync("
    $w3 = "appendFile("
    $w4 = "appendFileSync("
    $w5 = "outputJson("
    $w6 = "iteJson"
    $w7 = "json.dump("
    $w8 = ".write_text("
    $w9 = ".write("
    $w10 = ">> ~/"
    $w11 = ">> \"$HOME"
    $w12 = "> ~/"
    $w13 = "> \"$HOME"
    $a = /chat\.tools\.(global\.)?autoApprove["'`\]]{1,3}\s{0,2}[:=]\s{0,2}(true|True)/
    $b = /(defaultMode|permissionMode)["'`\]]{0,3}\s{0,2}[:=]\s{0,2}["'`]bypassPermissions["'`]/
    $c = /ena\BbleAllProjectMcpServers["'`\]]{0,3}\s{0,2}[:=]\s{0,2}(true|True)/
    $d = /securit\By\.workspace\.trust\.enabled["'`\]]{1,3}\s{0,2}[:=]\s{0,2}(false|False)/
    $e = /sk\BipDangerousModePermissionPrompt["'`\]]{0,3}\s{0,2}[:=]\s{0,2}(true|True)/
    // A helper that merges a setting into a file, in one line of a script.
    $g = /settings(\.local)?\.json["'`]{0,2}\s[^\n]{0,120}(defaultMode|permissionMode)["'`]{0,2}\s{0,2}[:=]\s{0,2}["'`]bypassPermissions/
    $f1 = "settings.json"
    $f2 = "settings.local.json"
  condition:
    filesize < 300KB and any of ($f*) and ($g or any of ($w*) and for any of ($a, $b, $c, $d, $e) : ( $ and for any i in (1..8) : ( any of ($w*) in (@[i]-1200..@[i]+1200) )))
}

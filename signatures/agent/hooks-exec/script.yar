// Writing settings.json hooks from a package is how 2026 worms stayed in repositories. Plug-in installers register their own named
// command without inline code or temporary paths.
rule hooks_exec_plant {
  meta:
    id = "hooks-exec-plant"
    severity = "high"
    confidence = "likely"
    description = "Code writes a hook with a shell, decode or download command into an agent configuration"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $f1 = ".claude/settings"
    $f2 = ".cursor/hooks.json"
    $f3 = ".gemini/settings.json"
    $f4 = ".codex/config.toml"
    $f5 = ".codex/hooks.json"
    $f6 = ".kiro/hooks"
    $fa = /\.clau\Bde["'`], ?["'`]settings(\.local)?\.json/
    $fb = /\.\bcursor["'`], ?["'`]hooks\.json/
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
    $h1 = "ionStart"
    $h2 = "PreToolUse"
    $h3 = "PostToolUse"
    $h4 = "serPromptSubmit"
    $h5 = "ionEnd"
    $h6 = "reShellExecution"
    $h7 = "erFileEdit"
    $h8 = "reSubmitPrompt"
    $h9 = "BeforeTool"
    $h10 = "AfterTool"
    $h11 = "agentSpawn"
    $h12 = "ionStart"
    $x1 = /command["']?\s{0,2}[:=]\s{0,2}["'`][^\n]{0,160}(curl |wget |base64 (-d|-D)|\/dev\/tcp|node -e|bun (run )?[\/.$]|python3? -c|powershell|\/tmp\/|\.cache\/|\| ?(ba|z)?sh\b|http)/
    $x2 = /command["']?\s{0,2}[:=]\s{0,2}(["'`](node|bun|python3?|sh|bash) ["'`]?\s?[+,]|`(node|bun|python3?|bash|sh) \$\{|f["'](node|bun|python3?|bash|sh) \{)[^\n]{0,80}(tmp|cache|__filename|__dirname|payload|hidden|dest|target|loader|tempfile)/
  condition:
    filesize < 300KB and any of ($h*) and any of ($f*) and any of ($w*) and any of ($x*) and for any of ($h*) : ( $ and for any i in (1..20) : ( any of ($x*) in (@[i]-300..@[i]+600) ))
}

// A building block: plug-in managers do it on request.
rule hooks_exec_writes_settings {
  meta:
    id = "hooks-exec-writes-settings"
    severity = "low"
    confidence = "hint"
    description = "Code edits the hook or settings file of an agent"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $f1 = ".claude/settings"
    $f2 = ".cursor/hooks.json"
    $f3 = ".gemini/settings.json"
    $f4 = ".codex/config.toml"
    $f5 = ".codex/hooks.json"
    $f6 = ".kiro/hooks"
    $fa = /\.clau\Bde["'`], ?["'`]settings(\.local)?\.json/
    $fb = /\.\bcursor["'`], ?["'`]hooks\.json/
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
    $h1 = "ionStart"
    $h2 = "PreToolUse"
    $h3 = "PostToolUse"
    $h4 = "serPromptSubmit"
    $h5 = "ionEnd"
    $h6 = "reShellExecution"
    $h7 = "erFileEdit"
    $h8 = "reSubmitPrompt"
    $h9 = "BeforeTool"
    $h10 = "AfterTool"
    $h11 = "agentSpawn"
    $h12 = "ionStart"
  condition:
    filesize < 300KB and any of ($h*) and any of ($f*) and any of ($w*)
}

// Capability.
rule process_js_spawn {
  meta:
    id = "process-js-spawn"
    severity = "info"
    confidence = "hint"
    description = "Code starts external programs"
    reference = "https://attack.mitre.org/techniques/T1059/"
    date = "2026-11-23"
  strings:
    $a = /['"](node:)?child_process['"]/
    $b = "Deno.Command("
    $c = "Bun.spawn"
  condition:
    any of them
}

// detached + ignore + unref close together. Look-alikes: update notifiers, telemetry flushers, browsers openers. A script that lies
// beside the one that starts it, by a plain name, is looked at itself, and by what it does.
rule process_js_detached_silent {
  meta:
    id = "process-js-detached-silent"
    severity = "medium"
    confidence = "likely"
    description = "A process is started detached with no output and released"
    reference = "https://attack.mitre.org/techniques/T1564.003/"
    date = "2026-11-23"
  strings:
    $a = /spawn ?\([^;]{0,200}detached ?: ?(true|!0)[^;]{0,100}stdio ?: ?['"]ignore['"][^;]{0,200}\.unref\(/
    $b = /spawn ?\([^;]{0,200}stdio ?: ?['"]ignore['"][^;]{0,100}detached ?: ?(true|!0)[^;]{0,200}\.unref\(/
    $c = /d\Betached ?: ?(true|!0)[^;]{0,120}windowsHide ?: ?(true|!0)|win[dD]owsHide ?: ?(true|!0)[^;]{0,120}detached ?: ?(true|!0)/
    $own = /spawn ?\( ?process\.execPath ?, ?\[ ?((path\.)?(join|resolve) ?\( ?__dirname ?, ?['"](\.\/)?[a-z][\w-]{0,40}\.[cm]?js['"] ?\)|require\.resolve ?\( ?['"]\.\/[a-z][\w-]{0,40}(\.[cm]?js)?['"] ?\))[^;]{0,200}detached/
    $shown = /spawn ?\( ?process\.execPath ?, ?\[ ?((path\.)?(join|resolve) ?\( ?__dirname ?, ?['"](\.\/)?[a-z][\w-]{0,40}\.[cm]?js['"] ?\)|require\.resolve ?\( ?['"]\.\/[a-z][\w-]{0,40}(\.[cm]?js)?['"] ?\))[^;]{0,160}windowsHide/
  condition:
    #c > #shown or #a + #b > #own
}

// spawn(process.execPath / "node", ["-e", ...]) detached and silent. Look-alikes: update-notifier starts a visible named script, not -e.
rule process_js_node_e_detached {
  meta:
    id = "process-js-node-e-detached"
    severity = "high"
    confidence = "likely"
    description = "A detached silent interpreter is started with inline code or a hidden sibling script"
    reference = "https://attack.mitre.org/techniques/T1059.007/"
    date = "2026-11-23"
  strings:
    $a = /spawn ?\( ?(process\b\.execPath|process\.argv\[0\]|['"]node(\.exe)?['"]) ?, ?\[ ?['"](-e|--eval|-)['"][^;]{0,400}detached ?: ?(true|!0)/
    $b = /spawn ?\( ?['"](powershell|cmd|wscript|mshta|python3?|bash|sh)(\.exe)?['"] ?,[^;]{0,300}(detached ?: ?(true|!0)[^;]{0,120}(ignore|windowsHide)|windowsHide ?: ?(true|!0)[^;]{0,120}detached)/
  condition:
    any of them and filesize < 200KB
}

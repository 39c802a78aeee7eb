// persist/launchd: script files

// Service managers and updaters do this openly.
rule launchd_agent_write {
  meta:
    id = "launchd-agent-write"
    severity = "medium"
    confidence = "likely"
    description = "Program writes a macOS launch agent"
    reference = "https://attack.mitre.org/techniques/T1543/001/"
    date = "2026-11-23"
  strings:
    $p = /Library["'`,\s\/\\]{1,8}Launch(Agents|Daemons)/
    $r = "RunAtLoad"
    $w = /wri\BteFile|\.w[rR]i\Bte\(|wri\Bte_text|cat > ?\S|\| tee |plistli\Bb\.dump/
  condition:
    filesize < 200KB and all of them
}

// Agent file plus a shell fetch, dot folder or Apple-like label. Updaters call a program inside their app bundle.
rule launchd_agent_hidden {
  meta:
    id = "launchd-agent-hidden"
    severity = "high"
    confidence = "likely"
    description = "A launch agent is planted that runs a hidden, temporary or fetched program"
    reference = "https://attack.mitre.org/techniques/T1543/001/"
    date = "2026-11-23"
  strings:
    $p = /Library["'`,\s\/\\]{1,8}Launch(Agents|Daemons)/
    $r = /RunAtLoad|KeepAlive/
    $c1 = /<\bstring>[^<\n]{0,60}(\/tmp\/|\/var\/tmp\/|\/Users\/Shared\/|\bcurl\b|osascript|base64)/
    $c2 = /<\bstring>[^<\n]{0,80}\/\.[a-z][\w-]{1,30}(\/|<)/
    $c3 = /["'`\/>]com\.apple\.[a-zA-Z0-9.]{3,40}(\.plist|<\/string>)/
    $w = /wri\BteFile|\.w[rR]i\Bte\(|wri\Bte_text|cat > ?\S|\| tee |plistli\Bb\.dump/
    $n = "/System/Library/Launch"
  condition:
    filesize < 200KB and $p and $r and $w and not $n and any of ($c*)
}

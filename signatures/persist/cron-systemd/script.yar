// persist/cron-systemd: script files

// A capability: deploy tools and schedulers.
rule cron_edit {
  meta:
    id = "cron-edit"
    severity = "info"
    confidence = "likely"
    description = "Program edits the crontab or a cron folder"
    reference = "https://attack.mitre.org/techniques/T1053/003/"
    date = "2026-11-23"
  strings:
    $a = /crontab\s{1,3}(-l|-)/
    $b = /\/[eE]tc\/crontab|\/[eE]tc\/cron\.d|\/[eE]tc\/cron\.hourly|\/[eE]tc\/cron\.daily|\/va[rR]\/spool\/cron/
  condition:
    any of them
}

// Schedule fields followed by a download pipe, a temp path or a socket. Certificate and backup jobs call installed programs.
rule cron_fetch_line {
  meta:
    id = "cron-fetch-line"
    severity = "high"
    confidence = "likely"
    description = "A schedule line that fetches and runs code or calls a hidden file"
    reference = "https://attack.mitre.org/techniques/T1053/003/"
    date = "2026-11-23"
  strings:
    $a = /[*\d] \* \* \*[^\n]{0,120}\b(curl|wget)\b[^\n]{0,160}\|\s?(\/bin\/)?(ba)?sh\b/
    $b = /(\* \* \* \*|@reboot) [^\n]{0,60}(\/tmp\/|\/dev\/shm\/|\/var\/tmp\/|\/dev\/tcp\/|\/\.\w{1,30}[\w-]{0,20}\/)/
    $c = /@reboot\s[^\n]{0,80}((curl|wget|base64|nohup|python3?\s-c)\b|__dirname|__file__|sys\.executable|process\.execPath)/
    $e = /crontab\b/
    $f = /\/etc\/cron|\/spool\/cron|CronTab\(/
  condition:
    filesize < 80KB and any of ($a,$b,$c) and any of ($e,$f)
}

// Process managers and agents do it as a documented command.
rule systemd_unit_write {
  meta:
    id = "systemd-unit-write"
    severity = "medium"
    confidence = "likely"
    description = "Program writes a systemd unit that restarts forever"
    reference = "https://attack.mitre.org/techniques/T1543/002/"
    date = "2026-11-23"
  strings:
    $s = "[Service]"
    $e = /ExecStart=/
    $p = /sys\Btemd["'`,\s\/\\]{1,6}(user|system)\b/
    $w = /wri\BteFile|\.w[rR]i\Bte\(|wri\Bte_text|cat > ?\S|\| tee |open\(/
    $r = /Restart=(always|on-failure)/
  condition:
    filesize < 150KB and all of them
}

// The program of the unit sits in a dot folder, temp folder or is fetched at start.
rule systemd_unit_hidden {
  meta:
    id = "systemd-unit-hidden"
    severity = "high"
    confidence = "likely"
    description = "A systemd unit is created that runs a hidden or temporary file"
    reference = "https://attack.mitre.org/techniques/T1543/002/"
    date = "2026-11-23"
  strings:
    $e = /ExecStart=[^\n]{0,120}(\/tmp\/|\/dev\/shm\/|\/var\/tmp\/|\/\.[a-z][\w.-]{0,30}\/[^\n]{0,60}\.(py|js|sh|bin)|\bcurl\b|\bwget\b|base64)/
    $e2 = /ExecStart=[^\n]{0,60}(sys\.executable|python3?|node|process\.execPath)[^\n]{0,60}(\.config|\.cache|\.local)/
    $x = /syst[eE]mctl["'`,\s\[\]]{1,8}(--user["'`,\s]{1,6})?(enable|daemon-reload|start)/
    $w = /wri\BteFile|\.w[rR]i\Bte\(|wri\Bte_text|cat > ?\S|\| tee /
  condition:
    filesize < 150KB and any of ($e,$e2) and $x and $w
}

// A library listed there enters every process. Look-alikes only read it or unset the variable.
rule ld_preload_write {
  meta:
    id = "ld-preload-write"
    severity = "high"
    confidence = "likely"
    description = "Writes the system-wide preload list"
    reference = "https://attack.mitre.org/techniques/T1574/006/"
    date = "2026-11-23"
  strings:
    $a = />>?\s?["']?\/etc\/ld\.so\.preload/
    $b = /(open|writeFile(Sync)?|appendFile(Sync)?)\(\s?["'`]\/etc\/ld\.so\.preload["'`]\s?,/
    $c = /tee\s{1,2}(-a\s)?\/etc\/ld\.so\.preload/
  condition:
    any of them
}

// evade/self-delete: script files

// Uninstallers end like this.
rule self_delete_batch {
  meta:
    id = "self-delete-batch"
    severity = "medium"
    confidence = "likely"
    description = "Command deletes the running script or program after a delay"
    reference = "https://attack.mitre.org/techniques/T1070/004/"
    date = "2026-11-23"
  strings:
    $a = /del\s[^\n]{0,20}["']?%~f0/i
    $b = /(ping|timeout|choice) [^\n]{0,60}(&del |& del )[^\n]{0,80}/i
    $c = /\brm (-f |-rf |-- )?["']?\$0["']?/
  condition:
    any of them
}

// Image builders clean up before sealing.
rule self_delete_logs {
  meta:
    id = "self-delete-logs"
    severity = "medium"
    confidence = "likely"
    description = "Clears shell history or system logs"
    reference = "https://attack.mitre.org/techniques/T1070/003/"
    date = "2026-11-23"
  strings:
    $a = /\bhistory\s-c\b|un\Bset\s{1,2}HISTFILE|HISTFILE=\/dev\/null|(rm|shred|truncate|cat\s\/dev\/null\s>)\s[^\n]{0,40}\.(bash|zsh)_history/
    $b = /wevtutil(\.exe)?["',\s]{1,6}(cl|clear-log)\b|Clear-EventLog/i
    $c = />\s?\/v\Bar\/log\/(wtmp|lastlog|auth\.log|secure|btmp)/
  condition:
    any of them
}

// The records of log-ins (binary, read by last and who) and the history of shells beside a list of other logs, and something
// that deletes: whoever was there is not to be seen. Collectors of logs read them, rotation names one kind of them.
rule self_delete_traces {
  meta:
    id = "self-delete-traces"
    severity = "high"
    confidence = "likely"
    description = "Deletes records of log-ins, logs and the history of shells together"
    reference = "https://attack.mitre.org/techniques/T1070/002/"
    date = "2026-11-27"
  strings:
    $u1 = /\/(log|run|adm|etc)\/[uw]tmp\b/
    $u2 = /\/(log|adm)\/(lastlog|btmp)\b/
    $l1 = /\/v\Bar\/log\/(secure|auth\.log|messages?|syslog|kern\.log|cron(\.log)?|maillog|mysqld?\.log)\b/
    $l2 = /(apache2?|nginx|httpd|lampp|lighttpd)\/(logs?|access[._]log)/
    $h = /\.(bash|zsh|ksh|sh)_(history|logout)\b|HIS\BTFILE/
    $d1 = /\brm\s{1,3}-[rf]{1,3}\b|\bshred\s|\btruncate\s{1,3}-s|wevtutil|history\s{1,2}-c\b/
    $d2 = /\bunlink\(|os\.(remove|unlink)\(|File\.(delete|unlink)\b|rm_rf\b|>\s?\/dev\/null\s{0,3}>/
  condition:
    filesize < 200KB and #u1 + #u2 > 2 and any of ($l*) and $h and any of ($d*)
}

// One-shot set-up scripts of templates do this.
rule self_delete_own_file {
  meta:
    id = "self-delete-own-file"
    severity = "medium"
    confidence = "likely"
    description = "Script deletes its own file"
    reference = "https://attack.mitre.org/techniques/T1070/004/"
    date = "2026-11-23"
  strings:
    $a = /(unlink|rm)(Sync)?\(\s?(__filename|process\.argv\[1\]|fileURLToPat\Bh\(import\.meta\.url\))/
    $b = /(unlink|rm)(Sync)?\(\s?(path\.)?(join|resolve)\(\s?__dirname\s?,\s?["'`](setup|install|postinstall|preinstall|index)\.[cm]?js["'`]/
    $c = /os\.(remove|unlink)\(\s?(os\.path\.(abspath|realpath)\(\s?)?(__file__|sys\.argv\[0\])\s?\)/
    $d = /Path\(__file__\)(\.resolve\(\))?\.unlink\(/
  condition:
    any of them
}

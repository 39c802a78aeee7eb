// Program file dropped under the name of a system process. Service managers install to system folders, not to temp or hidden ones.
rule misleading_name_system_process {
  meta:
    id = "misleading-name-system-process"
    severity = "high"
    confidence = "likely"
    description = "Program is dropped or started under the name of a system process in a temporary or hidden folder"
    reference = "https://attack.mitre.org/techniques/T1036/005/"
    date = "2026-11-23"
  strings:
    $a = /(\/tmp|\/dev\/shm|\/var\/tmp|\.cache|\.local\/share|\.config|\$HOME|~)\/[\w.\/-]{0,30}\b(kworker\w{0,6}|systemd-(resolved|logind|udevd|networkd|journald)|kthreadd|ksoftirqd|dbus-daemon|sshd|c\Brond|polkitd|rsyslogd|gvfsd|nod\Be-gyp|a\Bpt-daily)["'`\s;)&|]/
    $b = /(%TEMP%|%APPDATA%|%LOCALAPPDATA%|\$env:(TEMP|APPDATA|LOCALAPPDATA)|APPDATA["'\])]{1,3} ?\+ ?f?["']|TEMP["'\])]{1,3} ?\+ ?f?["']|AppData[\\\/]{1,2}(Roaming|Local))[\\\/]{1,2}[\w.\\\/-]{0,40}(svchost|csrss|lsass|winlogon|services|explorer|RuntimeBroker|dllhost|conhost|taskhostw|spoolsv|WindowsUpdate|WindowsDefender|SecurityHealth\w{0,12}|MicrosoftEdgeUpdate)\.(exe|dll|scr|vbs|ps1|bat)/ nocase
    $c = /(join|resolve)\((os\.tmpdir\(\)|tempfile\.gettempdir\(\)|gettempdir\(\)|tmpdir\(\)|os\.(getenv|environ\.get)\(\s?["'](TEMP|APPDATA|LOCALAPPDATA)["']\)|os\.environ\[["'](TEMP|APPDATA|LOCALAPPDATA)["']\])\s?,\s?[^\n)]{0,40}["'`](svchost|csrss|lsass|winlogon|kworker|systemd-\w{4,10}|kthreadd|RuntimeBroker|dllhost|conhost|explorer|WindowsUpdate)\w{0,8}(\.\w{2,4})?["'`]/
  condition:
    any of them
}

// A function named as a check or formatter that ships key material or starts a shell.
rule misleading_name_check_sends {
  meta:
    id = "misleading-name-check-sends"
    severity = "high"
    confidence = "likely"
    description = "Function named as a check, format or telemetry step sends key material or starts a shell"
    reference = "https://attack.mitre.org/techniques/T1036/005/"
    date = "2026-11-23"
  strings:
    $a = /\b(check|validate|verify|format|normalize|sanitize|log|track|telemetry|report|update|init)[A-Z_]?\w{0,30}\s?[=(:][^\n{]{0,80}\{[^}]{0,260}\b(fetch|axios\.post|https?\.(request|get)|sendBeacon)\(\s?["'`]https?:[^}]{0,260}\b(seed|mnemonic|privateKey|secretKey|private_key|keypair|wallet)\b/
    $b = /def (check|validate|verify|format|normalize|sanitize|log|track|telemetry|report|is_valid)\w{0,30}\([^)\n]{0,80}\)[^\n]{0,30}:\n[^\x00]{0,240}(requests\.post|urlopen)\(\s?f?["']https?:[^\n]{0,160}(seed|mnemonic|private_key|secret_key|wallet|password)/
  condition:
    filesize < 500KB and any of them
}

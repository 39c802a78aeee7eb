// Weak: a web address with a literal public IP. Local, link-local and well-known resolver addresses are left out.
rule c2_raw_ip_url {
  meta:
    id = "c2-raw-ip-url"
    severity = "low"
    confidence = "likely"
    description = "Web address or socket with a literal public IP"
    reference = "https://attack.mitre.org/techniques/T1071/"
    date = "2026-11-23"
  strings:
    $a = /:\/\/(5|1[1-9]|[2-9]\d|1[013-5]\d|12[0-689]|16[0-8]|17[013-9]|18\d|19[013-9]|2[01]\d|22[0-3])\.\d{1,3}\.\d{1,3}\.\d{1,3}[:\/"'?]/
    $b = "://192.0.2."
    $sa = /\.connect\(\(\s?["'](5|1[1-9]|[2-9]\d|1[013-5]\d|12[0-689]|16[0-8]|17[013-9]|18\d|19[013-9]|2[01]\d|22[0-3])\.\d{1,3}\.\d{1,3}\.\d{1,3}["']\s?,/
    $sb = /\.connect\(\(\s?["']192\.0\.2\.\d{1,3}["']\s?,/
    $sc = /\bnet\.(connect|createConnection)\(\s?(\d{2,5}\s?,\s?|\{[^}]{0,40}host: ?)["'`](5|1[1-9]|[2-9]\d|1[013-5]\d|12[0-689]|16[0-8]|17[013-9]|18\d|19[013-9]|2[01]\d|22[0-3]|192\.0)\.\d{1,3}\./
  condition:
    any of them
}

// Literal public IP serving a program or script by name. Vendors ship from named hosts.
rule c2_raw_ip_program {
  meta:
    id = "c2-raw-ip-program"
    severity = "high"
    confidence = "likely"
    description = "Program or script is fetched from a literal IP address"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /:\/\/(5|1[1-9]|[2-9]\d|1[013-5]\d|12[0-689]|16[0-8]|17[013-9]|18\d|19[013-9]|2[01]\d|22[0-3])\.\d{1,3}\.\d{1,3}\.\d{1,3}(:\d{2,5})?\/[\w.\/%-]{0,60}\.(exe|sh|ps1|bat|dll|elf|bin|vbs|hta|scr|msi|pyw?)\b["'\s)|;]/
    $b = /:\/\/192\.0\.2\.\d{1,3}(:\d{2,5})?\/[\w.\/%-]{0,60}\.(exe|sh|ps1|bat|dll|elf|bin|vbs|hta|scr|msi|pyw?)\b["'\s)|;]/
  condition:
    filesize < 1MB and any of them
}

// Response of a literal-IP address executed in the same statement.
rule c2_raw_ip_exec {
  meta:
    id = "c2-raw-ip-exec"
    severity = "critical"
    confidence = "certain"
    description = "Answer of a literal IP address is executed"
    reference = "https://attack.mitre.org/techniques/T1059/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec|eval|os\.system|os\.popen|subprocess\.\w{3,12}|execSync|Invoke-Expression|iex)\b ?\([^\n]{0,120}https?:\/\/(5|1[1-9]|[2-9]\d|1[013-5]\d|12[0-689]|16[0-8]|17[013-9]|18\d|19[013-9]|2[01]\d|22[0-3]|192\.0\.2)\.\d{1,3}(\.\d{1,3}\.\d{1,3})?(:\d{2,5})?[\/"'][^\n]{0,120}(\)\.(text|content|read\(\)|decode)|\| ?(ba|z|da)?sh\b|\| ?python3?|\.DownloadString|\| ?iex)/
    $b = /\b(exec|eval)\((requests\.get|urlopen|urllib\.request\.urlopen)\(\s?f?["']https?:\/\/(5|1[1-9]|[2-9]\d|1[013-5]\d|12[0-689]|16[0-8]|17[013-9]|18\d|19[013-9]|2[01]\d|22[0-3]|192\.0\.2)\.\d{1,3}/
  condition:
    filesize < 500KB and any of them
}

// Socket joined to a shell's pipes. Terminal servers listen; this one dials out.
rule reverse_shell_js_pipe {
  meta:
    id = "reverse-shell-js-pipe"
    severity = "high"
    confidence = "likely"
    description = "Outgoing socket is joined to a shell process"
    reference = "https://attack.mitre.org/techniques/T1059/007/"
    date = "2026-11-23"
  strings:
    $s = /spawn\(\s?["'`](\/bin\/(ba|z)?sh|sh|bash|cmd(\.exe)?|powershell(\.exe)?)["'`]|spawn\(\s?(shell|sh)\b|process\.\bplatform[^\n]{0,60}cmd\.exe/
    $n = /net\.(connect|createConnection)\(|new net\.Socket\(|tls\.connect\(|\.\bconnect\(\s?(\d{2,5}|port|PORT)\s?,/
    $p = /\.pipe\(\s?\w{1,20}\.stdin\s?\)|\.stdout\.pipe\(/
  condition:
    filesize < 60KB and (for any i in (1..#p) : ( i < 6 and ($s in (@p[i]-900..@p[i]+300)) and ($n in (@p[i]-900..@p[i]+300)) ))
}

// The fixed-address form.
rule reverse_shell_js_fixed {
  meta:
    id = "reverse-shell-js-fixed"
    severity = "critical"
    confidence = "certain"
    description = "Socket to a fixed address is joined to a shell process"
    reference = "https://attack.mitre.org/techniques/T1059/007/"
    date = "2026-11-23"
  strings:
    $n = /(\.[cC]onn\Be\Bct\(|\.createConnect\Bi\Bon\()\s?(\d{2,5}\s?,\s?["'`][\w-]{1,40}\.[\w.-]{2,60}["'`]|\{[^}\n]{0,80}host\s?:\s?["'`][\w-]{1,40}\.[\w.-]{2,60}["'`])/
    $l = /["'`](127\.0\.0\.1|0\.0\.0\.0)["'`]/
    $s = /spawn\(\s?["'`](\/bin\/(ba|z)?sh|sh|bash|cmd(\.exe)?|powershell(\.exe)?)["'`]/
    $p = /\.pipe\(\s?\w{1,20}\.stdin\s?\)/
    $o = /\.stdout\.pipe\(/
  condition:
    filesize < 60KB and not $l and (for any i in (1..#p) : ( i < 6 and ($s in (@p[i]-900..@p[i]+300)) and ($n in (@p[i]-900..@p[i]+500)) and ($o in (@p[i]-500..@p[i]+500)) ))
}

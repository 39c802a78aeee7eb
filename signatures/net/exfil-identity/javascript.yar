// Capability: host and account facts in Node. CLIs and telemetry helpers read them.
rule exfil_identity_js_read {
  meta:
    id = "exfil-identity-js-read"
    severity = "info"
    confidence = "likely"
    description = "Reads host or user identity"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-23"
  strings:
    $a = "os.hostname()"
    $b = "os.userInfo()"
    $c = /\(0,\s?\w{1,12}\.(hostname\)\(\)|userInfo\)\(\))/
  condition:
    any of them
}

// Three or more identity facts gathered next to a request: the dependency-confusion beacon. Vendor telemetry hashes and spreads these over modules.
rule exfil_identity_js_send {
  meta:
    id = "exfil-identity-js-send"
    severity = "high"
    confidence = "likely"
    description = "Host, user and path identity is gathered and sent"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-23"
  strings:
    $h = /\bhostname\(\)/
    $u = /userInfo\(\)|process\.e[nN]v\.(USER|USERNAME|LOGNAME)\b/
    $p = /homedir\(\)|process\.cwd\(\)|__dirname|networkInterfaces\(\B\)|getServers\(\)|execSy\Bnc\(\s?["'`](whoami|id|hostname)/
    $s = /\b(https\.|http\.)(request|get)\(|\bfet\Bch\(|axios(\.(post|get))?\(|\bdns\.(lookup|resolve\w{0,6})\(|XMLHttpRequest|require\(["']https?["']\)\.(get|request)\(|got\.post\(|reque\Bst\.post\(|needle\(/
    $lit = /(https:\/\/|http:\/\/)[a-zA-Z0-9]|h\Bostname\s?:\s?["'`][\w-]{1,60}\.|host\s?:\s?["'`][\w-]{1,60}\./
  condition:
    filesize < 30KB and (for any i in (1..#h) : ( i < 10 and ($u in (@h[i]-500..@h[i]+500)) and ($p in (@h[i]-500..@h[i]+500)) and ($s in (@h[i]-1500..@h[i]+1500)) and ($lit in (@h[i]-1500..@h[i]+1500)) ))
}

// The record of resolver list, home, host and user in one object is the signature of confusion beacons; no honest tool sends its DNS servers.
rule exfil_identity_js_beacon_record {
  meta:
    id = "exfil-identity-js-beacon-record"
    severity = "critical"
    confidence = "certain"
    description = "Object of host, user, home and DNS servers is built and sent"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-23"
  strings:
    $d = /getServers\(\)/
    $h = /\bhostname\(\)/
    $u = /userInfo\(\)/
    $o = /homedir\(\)|__dirname|package_json|packagejson|process\.cwd\(\)/ nocase
    $s = /\b(https\.|http\.)(request|get)\(|\bfet\Bch\(|axios(\.(post|get))?\(|require\b\(["']https?["']\)/
  condition:
    filesize < 20KB and (for any i in (1..#d) : ( i < 6 and ($h in (@d[i]-500..@d[i]+500)) and ($u in (@d[i]-500..@d[i]+500)) and ($o in (@d[i]-600..@d[i]+600)) and $s ))
}

// Capability: certificate checks off. Many clients offer the switch.
rule tls_off_check {
  meta:
    id = "tls-off-check"
    severity = "info"
    confidence = "likely"
    description = "Switches certificate checks off"
    reference = "https://attack.mitre.org/techniques/T1557/"
    date = "2026-11-23"
  strings:
    $a = "ssl._create_unverified_context"
    $b = /\bve\Brify\s?=\s?False\b/
    $c = "ssl.CERT_NONE"
    $d = /rejec[tT]Unauthorized\s?:\s?(false|!1)|NODE_TLS_REJECT_UNAUTHORIZED/
  condition:
    any of them
}

// Unverified download that is executed at once.
rule tls_off_exec {
  meta:
    id = "tls-off-exec"
    severity = "high"
    confidence = "likely"
    description = "Code fetched without certificate checks is executed"
    reference = "https://attack.mitre.org/techniques/T1557/"
    date = "2026-11-23"
  strings:
    $a = /ssl\._create_unverified_context|\bv[eE]rify\s?=\s?False\b|ssl\.CERT_NONE/
    $x = /\b(exec\(|eval\()\s?(\w{1,20}\.(text|content|read\(\))|requests\.get|urlopen|urllib\.request\.urlopen|compile\()/
    $ja = /rejec[tT]Unauthorized\s?:\s?(false|!1)|NODE_TLS_REJECT_UNAUTHORIZED["'\]]{0,3}\s?=\s?["'`]?0/
    $jx = /\beval\(\s?\w|new Functi\Bon\(\s?\w|vm\.runIn\w{3,20}\(|execSy\Bnc\(\s?\w{1,20}[.,)]|ch\BmodSy\Bnc\(|execFileSy\Bnc\(/
  condition:
    filesize < 60KB and ((for any i in (1..#a) : ( i < 6 and ($x in (@a[i]-500..@a[i]+600)) )) or (for any i in (1..#ja) : ( i < 6 and ($jx in (@ja[i]-400..@ja[i]+800)) )))
}

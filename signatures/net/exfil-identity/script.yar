// Capability: asks an echo service for the public address. Dynamic-DNS and geo helpers do so.
rule exfil_identity_ip_echo {
  meta:
    id = "exfil-identity-ip-echo"
    severity = "low"
    confidence = "likely"
    description = "Asks a public service for its own address"
    reference = "https://attack.mitre.org/techniques/T1016/"
    date = "2026-11-23"
  strings:
    $a = /(api(64)?\.ipi\Bfy\.org|ipin\Bfo\.\bio\/|icanhaz\Bip\.com|\bifconfig\b\.(me|co)\b|ip-api\.com\/(json|line|csv)|checkip\.(amazonaws|dyndns)\.|\bv4\.ident\.me|wtfismyip\.com|myexternalip\.com|ipapi\.co\/|geolocation-db\.com|ipwho\.is|ipecho\.net|ap\Bi\.myip\.com|ip\.dhcp\.cn|db-ip\.com\/)/
  condition:
    $a
}

// Survey output substituted into a request or lookup. Honest scripts put only versions or paths there.
rule exfil_identity_sh_substitution {
  meta:
    id = "exfil-identity-sh-substitution"
    severity = "high"
    confidence = "likely"
    description = "Shell survey output is placed in a web request or name lookup"
    reference = "https://attack.mitre.org/techniques/T1041/"
    date = "2026-11-23"
  strings:
    $a = /\b(curl|wget|nslookup|dig|ping) [^\n]{0,120}(\$\(|`) {0,2}(whoami|hostname|id|uname -a|cat \/etc\/passwd|ifconfig|printenv|env)( -\w{1,3})? {0,2}[)`|]/
    $b = /\b(curl|wget|nslookup|ping|certutil|Invoke-WebRequest|iwr|Invoke-RestMethod|irm) [^\n]{0,160}(%(USERNAME|COMPUTERNAME|USERDOMAIN)%|\$env:(USERNAME|COMPUTERNAME|USERDOMAIN))/
    $c = /\b(whoami|hostname|printenv|cat \/etc\/passwd|uname -a|ifconfig|id|env) {0,2}\| {0,2}(base64[^|\n]{0,20}\| {0,2})?(curl|nc|wget) /
    $d = /["'](curl|wget)["'],[^\n]{0,120}https?:\/\/[^\n"']{4,300}\$\( ?(whoami|hostname|uname -a|id)\b/
    $ok = /(lo\Bcalhost|127\.0\.0\.1|\bping -c \d [`$])/
  condition:
    filesize < 500KB and (any of ($a,$b,$c,$d) and not $ok)
}

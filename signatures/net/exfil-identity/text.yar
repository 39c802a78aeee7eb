// Lifecycle entry that calls out with user or host name: install-time beacon with no honest reading.
rule exfil_identity_manifest_hook {
  meta:
    id = "exfil-identity-manifest-hook"
    severity = "critical"
    confidence = "certain"
    description = "Package lifecycle script sends user or host name out"
    reference = "https://attack.mitre.org/techniques/T1041/"
    date = "2026-11-23"
  strings:
    $a = /"(pre|post)?(install|prepare)"\s{0,3}:\s{0,3}"[^\n]{0,200}\b(curl|wget|nslookup|dig|ping|nc|fetch)\b[^\n]{0,200}(\$\(|`) {0,2}(whoami|hostname|id|uname|pwd|env|printenv|cat)\b/
    $b = /"(pre|post)?(install|prepare)"\s{0,3}:\s{0,3}"[^\n]{0,100}\b(whoami|hostname|printenv|env|cat \/etc\/passwd|id)\b[^|"\n]{0,30}\|[^"\n]{0,60}\b(curl|wget|nc)\b/
    $c = /"(pre|post)?(install|prepare)"\s{0,3}:\s{0,3}"[^\n]{0,200}\b(curl|wget|nslookup|ping|powershell)\b[^\n]{0,200}(%(USERNAME|COMPUTERNAME|USERDOMAIN)%|\$env:(USERNAME|COMPUTERNAME)|\$(USER|HOSTNAME)\b)/
  condition:
    filesize < 100KB and any of them
}

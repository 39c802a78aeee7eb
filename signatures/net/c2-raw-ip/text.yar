// Lifecycle entry that reaches a literal IP.
rule c2_raw_ip_manifest_hook {
  meta:
    id = "c2-raw-ip-manifest-hook"
    severity = "critical"
    confidence = "certain"
    description = "Package lifecycle script contacts a literal public IP"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /"(pre|post)?(install|prepare)"\s{0,3}:\s{0,3}"[^\n]{0,160}\b(curl|wget|nc|bash|sh|powershell|iwr|certutil|node -e|bitsadmin|python3?)\b[^\n]{0,160}(\/\/|\/dev\/tcp\/| )(5|1[1-9]|[2-9]\d|1[013-5]\d|12[0-689]|16[0-8]|17[013-9]|18\d|19[013-9]|2[01]\d|22[0-3])\.\d{1,3}\.\d{1,3}\.\d{1,3}[:\/ "'\\]/
    $b = /"(pre|post)?(install|prepare)"\s{0,3}:\s{0,3}"[^\n]{0,160}\b(curl|wget|nc|bash|sh|powershell|iwr|certutil|node -e|bitsadmin|python3?)\b[^\n]{0,160}(\/\/|\/dev\/tcp\/| )192\.0\.2\.\d{1,3}/
  condition:
    filesize < 100KB and any of them
}

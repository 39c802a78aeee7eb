// Host header that points at a CDN tenant while the request goes to another front: domain fronting, here with local commands. Proxy tests set Host but run nothing.
rule exfil_trusted_relay_host_header {
  meta:
    id = "exfil-trusted-relay-host-header"
    severity = "high"
    confidence = "likely"
    description = "Request carries a Host header of a CDN tenant beside command execution"
    reference = "https://attack.mitre.org/techniques/T1090/004/"
    date = "2026-11-23"
  strings:
    $h = /["']?host(_header)?["']?\s?[:=]\s?\(?["'][\w.-]{3,80}\.(fastly\.net|cloudfront\.net|azureedge\.net|azurefd\.net|workers\.dev|appspot\.com|herokuapp\.com|akamaized\.net)/ nocase
    $x = /s\Bu\Bbpr[oO]ce\Bss\.|os\b\.popen\(|os\.syst\Bem\(|\bexec\(|\beval\(|platform\.node\(|gethostna\Bme\(|getlogin\(/
  condition:
    filesize < 60KB and $h and $x
}

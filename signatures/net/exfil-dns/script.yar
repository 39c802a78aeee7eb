// Command output inside a looked-up name; classic blind-injection and recon trick. Docs of scanners show it, scripts of products do not.
rule exfil_dns_sh_lookup {
  meta:
    id = "exfil-dns-sh-lookup"
    severity = "high"
    confidence = "likely"
    description = "Command output or file content is placed in a DNS lookup name"
    reference = "https://attack.mitre.org/techniques/T1048/003/"
    date = "2026-11-23"
  strings:
    $a = /\b(nslookup|dig|host|ping) (([-+@][\w.:=-]{1,30}|\d{1,3}|[aA]{1,4}|TXT|txt|ANY|any|MX|NS|\$\w{1,30}) {1,2}){0,5}["']?[\w.${}-]{0,40}(\$\([^)\n]{1,120}\)|`[^`\n]{1,120}`)["']?\.["']?[a-z0-9$][\w.${}-]{2,60}/
    $b = /\b(xxd -p|base64|od -An|base32)[^\n]{0,60}\| {0,2}(while read|xargs)[^\n]{0,100}\b(dig|nslookup|host|ping) /
  condition:
    any of them
}

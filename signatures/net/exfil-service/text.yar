// A package script that calls a collector when the package is installed. Nothing honest needs one in a lifecycle entry.
rule exfil_service_manifest_collector {
  meta:
    id = "exfil-service-manifest-collector"
    severity = "critical"
    confidence = "certain"
    description = "Package lifecycle script sends a request to a collector or webhook"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $a = /"(pre|post)?(install|prepare|pack|publish)"\s{0,3}:\s{0,3}"[^\n]{0,300}(\.oast\.(pro|live|site|online|fun|me)|oastify\.com|burpcollaborator\.net|\.interact\.sh|\.dnslog\.cn|\.ceye\.io|webhook\.site|\.pipedream\.net|requestbin\.(net|com)|\.beeceptor\.com|\.requestcatcher\.com|canarytokens\.com|requestrepo\.com|\.ngrok\.io|\.ngrok-free\.(app|dev)|discord(app)?\.com(\.invalid)?\/api\/webhooks|api\.telegram\.org)/
  condition:
    filesize < 100KB and $a
}

// Ruby: a module in front of Net::HTTP's constructor or `start` sets another host. Recorders and tracers (WebMock, VCR, Datadog) stand in
// front of `request` and `connect`, and hand the host on as it was.
rule monkeypatch_hook_rb_http_host {
  meta:
    id = "monkeypatch-hook-rb-http-host"
    severity = "high"
    confidence = "likely"
    description = "Connections of Ruby's HTTP client are led to another host"
    reference = "https://attack.mitre.org/techniques/T1557/"
    date = "2026-11-29"
  strings:
    $p = /Net::HTTP\.(prepend|class_eval|instance_eval|singleton_class\.(send\(:)?prepend|(public_)?send\(? ?:(prepend|include))/
    $o = /\n\s*class Net::HTTP\s*\n/
    $d = /def (self\.)?(initialize|start|new)\s*\(?\s*(address|host|addr|server|name|hostname|url|uri)\b[^\n]{0,80}\n[^\x00]{0,300}\b(address|host|addr|server|name|hostname|url|uri)\s*=[^=~]/
  condition:
    filesize < 100KB and ($p or $o) and $d
}

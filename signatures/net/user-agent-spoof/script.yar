// Capability: pretends to be a browser. Scrapers do.
rule user_agent_spoof_browser {
  meta:
    id = "user-agent-spoof-browser"
    severity = "info"
    confidence = "likely"
    description = "Sends a browser user agent"
    reference = "https://attack.mitre.org/techniques/T1071/001/"
    date = "2026-11-23"
  strings:
    $a = /["'`]Mozilla\/5\.0 \((Windows NT|Macintosh|X11)[^\n]{10,140}(Chrome|Firefox|Safari)\//
  condition:
    $a
}

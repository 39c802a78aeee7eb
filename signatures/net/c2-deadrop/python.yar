// Text of a paste page executed in the same expression. Concrete page id, so not a tool's template.
rule c2_deadrop_paste_exec {
  meta:
    id = "c2-deadrop-paste-exec"
    severity = "critical"
    confidence = "certain"
    description = "Text of a fixed paste page is executed"
    reference = "https://attack.mitre.org/techniques/T1102/001/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec|eval|compile)\s?\([^\n]{0,120}(requests\.get|urlopen|httpx\.get|urllib2?\.\w{4,12}|_?u?uurlopen)\s?\([^\n]{0,40}["']https?:\/\/[^"'\n]{0,30}(pastebin\.com(\.invalid)?\/raw\/|rent\Bry\.(co|org)(\.invalid)?\/[\w-]{2,40}\/raw|hastebin\.com\/raw\/|paste\.ee\/r\/|paste\.rs\/|dpaste\.\w{2,4}\/|ghostbin\.|textbin\.net\/raw|gis\Bt\.githubusercontent\.com\/|cdn\.discordapp\.com\/|transfer\.sh\/|pastes\.io\/)/
  condition:
    filesize < 500KB and $a
}

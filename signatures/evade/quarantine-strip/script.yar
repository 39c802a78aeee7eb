// evade/quarantine-strip: script files

// Fetch, xattr and start within a few lines. Cask and builder tools do not run what they just fetched.
rule quarantine_strip_run {
  meta:
    id = "quarantine-strip-run"
    severity = "high"
    confidence = "likely"
    description = "Downloads a program, strips its quarantine mark and runs it"
    reference = "https://attack.mitre.org/techniques/T1553/001/"
    date = "2026-11-23"
  strings:
    $x = /xattr["',\s]{1,6}(-\w{1,3}["',\s]{1,6}){0,2}(com\.apple\.quarantine)?/
    $c = /\b(curl|wget|urlretrieve|requests\.get|https\.get|http\.get|fetch)\b[^\n]{0,160}https?:\/\//
    $r = /chmod["',\s]{1,6}(\+x|7[0-7]{2}|a\+x|u\+x)|chmod(Sync)?\(/
    $w = /Unblock-File[^\n]{0,200}\n?[^\n]{0,200}(Start-Process|&\s?["'$])/i
  condition:
    filesize < 40KB and ((#x < 10 and $r and for any i in (1..#x) : ( $c in (@x[i]-900..@x[i]+300) and $r in (@x[i]-300..@x[i]+400) )) or ($w and $c))
}

// Packaging helpers do this to their own output.
rule quarantine_strip {
  meta:
    id = "quarantine-strip"
    severity = "low"
    confidence = "likely"
    description = "Removes the quarantine mark or switches the macOS program check off"
    reference = "https://attack.mitre.org/techniques/T1553/001/"
    date = "2026-11-23"
  strings:
    $a = /xattr["',\s]{1,6}(-\w{1,3}["',\s]{1,6}){0,2}com\.apple\.quarantine|xattr["',\s]{1,6}-c[rs]?\b/
    $b = /\bUnblock-File\b|:Zone\.Identifier/i
    $c = /spctl["',\s]{1,6}--(maste\Br-disable|global-disable)/
  condition:
    any of them
}

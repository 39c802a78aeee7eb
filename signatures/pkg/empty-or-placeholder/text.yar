// The authors of such tests write it into the description. Look-alikes: papers and scanners, whose files are longer.
rule empty_or_placeholder_poc_text {
  meta:
    id = "empty-or-placeholder-poc-text"
    severity = "high"
    confidence = "likely"
    description = "Package text says it is a dependency-confusion proof of concept"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $a = /dependency[- ]confus\w{1,4} (attack|poc|test|vuln|proof|bug|package|security|research)/i
    $b = /(poc|proof of concept|bug bounty|bugbounty|security research|test)[^\n]{0,40}dependency[- ]confus/i
    $c = /(bug bounty|bugbounty|hackerone|bugcrowd) (test|poc|research|package|purposes)/i
    $m = /"version"|Metadata-Version:|\nName: /
  condition:
    any of ($a,$b,$c) and $m and filesize < 4KB
}
// A name that somebody holds so that nobody else does: whoever installs it wanted something else, and does not get it either (one that depends on the original leads there). npm puts such a package in the place of one that it removed for malware. Look-alikes: modules that are called stubs, placeholders of user interfaces, documentation about the attack.
rule empty_or_placeholder_held_name {
  meta:
    id = "empty-or-placeholder-held-name"
    severity = "high"
    confidence = "likely"
    description = "The package says that it only holds a name: it is not what was looked for"
    reference = "https://attack.mitre.org/techniques/T1195/001/"
    date = "2026-11-27"
  strings:
    $a = /\b(stub|placeholder|place-holder|dummy|reserved|holding|empty) (package|project|module|name)\b/i
    $b = /dependency[- ]confus|typo-?squat|name-?squat|\b(not|never) (meant|intended|supposed) to be (installed|used)|(prevent|avoid|protect|against)[^\n]{0,40}(squatt|hijack|takeover|confusion)/i
    $n = /security (holding|placeholder) package/i
    $leads = /\nRequires-Dist: |"dependencies"\s{0,3}:\s{0,3}\{\s{0,9}"/
    $m = /"version"|Metadata-Version:|\nName: /
  condition:
    filesize < 4KB and $m and ($n or ($a and $b)) and not $leads
}

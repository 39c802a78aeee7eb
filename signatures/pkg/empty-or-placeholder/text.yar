// The authors of such tests write it into the description. Look-alikes: papers and scanners, whose files are longer.
rule empty_or_placeholder_poc_text {
  meta:
    id = "empty-or-placeholder-poc-text"
    severity = "medium"
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

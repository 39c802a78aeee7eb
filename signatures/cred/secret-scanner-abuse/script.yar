// cred/secret-scanner-abuse: script files

// A package that brings trufflehog or gitleaks itself, or scans HOME. CI actions that wrap the scanner scan the repository path.
rule scanner_abuse {
  meta:
    id = "scanner-abuse"
    severity = "high"
    confidence = "likely"
    description = "Downloads a secret scanner or runs it over the home directory"
    reference = "https://www.stepsecurity.io/blog/how-harden-runner-detected-the-sha1-hulud-supply-chain-attack-in-cncfs-backstage-repository"
    date = "2026-11-23"
  strings:
    $u = /(trufflesecurity\/trufflehog|gitleaks\/gitleaks|mongodb\/kingfisher)\/releases|trufflehog[_-](v?\d[\w.]{0,10}_|v?\$)/i
    $r = /\b(spawn|exec|execFile|execSync|spawnSync|execFileSync)\(|subprocess\.|os\.system\(|os\.popen\(|chmod\b/
    $h = /homedir\(\)|exp\Banduser|Pa\Bth\.home|\$HOME\b|process\.e\Bnv\.HOME|U\BSERPROFILE/
    $a = /(trufflehog|gitleaks|kingfisher|noseyparker)(\.exe)?["'`,\s\[\]]{1,8}(filesystem|dir|detect|scan)\b[^\n]{0,120}(homedir|HOME\b|~\/|["'`\s]~["'`\s]|["'`]\/["'`]|\/home\/|expanduser|USERPROFILE|home_?dir|Path\.home)/i
  condition:
    filesize < 12MB and ($a or (filesize < 200KB and $u and $r and $h))
}

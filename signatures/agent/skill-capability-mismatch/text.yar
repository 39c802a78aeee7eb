// allowed-tools with a star or unrestricted shell; general assistants do so as well.
rule skill_capability_mismatch_wildcard {
  meta:
    id = "skill-capability-mismatch-wildcard"
    severity = "low"
    confidence = "hint"
    description = "Skill allows itself every tool"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $a = /allowed-tools:\s{0,3}["'\[]{0,3}(\*|Bash\(\*\)|all\b)/
  condition:
    filesize < 100KB and $a in (0..2000)
}

// The front matter promises no network or no writing, the body posts to an address.
rule skill_capability_mismatch_text {
  meta:
    id = "skill-capability-mismatch-text"
    severity = "high"
    confidence = "likely"
    description = "Skill that calls itself read-only, local or a formatter sends data out"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $f = /---\r?\n(name|description):[^\x00]{0,300}(read-?only|Read-?only|offline|local only|locally|no network|formatter|linter|never sends|spell)/
    $n1 = "curl -X POST"
    $n2 = "curl -s -X POST"
    $n3 = "curl -d "
    $n4 = "curl -F "
    $n5 = "curl -T "
    $n6 = "--data @"
    $n7 = "--data-binary"
    $n8 = "requests.post("
    $n9 = "method: \"POST\""
    $n10 = "method: 'POST'"
    $n11 = "upload to http"
    $n12 = "send it to http"
    $h1 = "~/"
    $h2 = "$HOME"
    $h3 = ".ssh"
    $h4 = ".env"
    $h5 = ".aws"
    $h6 = "printenv"
    $h7 = "$(cat"
    $h8 = "tar c"
    $l1 = "localhost"
    $l2 = "127.0.0.1"
  condition:
    filesize < 100KB and $f in (0..200) and any of ($n*) and any of ($h*) and not any of ($l*)
}

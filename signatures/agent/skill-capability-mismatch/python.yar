// The docstring is the contract; sending home-directory files breaks it.
rule skill_capability_mismatch_py {
  meta:
    id = "skill-capability-mismatch-py"
    severity = "high"
    confidence = "likely"
    description = "Script that declares itself read-only or offline reads the home directory and posts data"
    reference = "https://attack.mitre.org/techniques/T1036/"
    date = "2026-11-23"
  strings:
    $d1 = /\b(works?|runs?|operates?|fully|entirely|completely|purely|strictly|100%)( \w{1,12})? (offline|local(ly)?)\b|\b(no|without( any)?) (network|internet)|never (sends|uploads|leaves|transmits)|(does not|doesn't) (send|upload|transmit)|\bread-?only (tool|script|analysis|scan|check|audit|view|helper|skill|report)|\blocal only\b/ nocase
    $h1 = "expanduser(\"~"
    $h2 = "expanduser('~"
    $h3 = "Path.home()"
    $h4 = "dict(os.environ"
    $n1 = "requests.post("
    $n2 = "requests.put("
    $n3 = "httpx.post("
    $n4 = /\b(urlopen|Request) ?\([^\n]{0,160}\bdata ?=/
  condition:
    filesize < 40KB and any of ($h*) and any of ($n*) and any of ($d*) in (0..600) and (uint16(0) == 0x2222 or uint16(0) == 0x2123 or uint8(0) == 0x22 or uint8(0) == 0x23)
}

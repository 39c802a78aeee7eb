// Python byte code with a collector address or theft words: the source was left out for a reason.
rule compiled_only_pyc_stealer {
  meta:
    id = "compiled-only-pyc-stealer"
    severity = "high"
    confidence = "likely"
    description = "Python byte code names webhooks, token stores or code execution on decoded text"
    reference = "https://attack.mitre.org/techniques/T1027/002/"
    date = "2026-11-23"
  strings:
    $a = /api\/webhooks\/\d{6}/
    $b = "api.telegram.org/bot"
    $c = "leveldb"
    $d = "Login Data"
    $e = "CryptUnprotectData"
    $f = "b64decode"
    $g = "Local State"
    $h = /gethostname|getlogin|getuser/
    $i = "pastebin.com/raw"
  condition:
    uint16(2) == 0x0A0D and filesize < 5MB and ($a or $b or $i or ($e and any of ($c,$d,$g))) and (2 of ($a,$b,$c,$d,$e,$f,$g,$h,$i))
}

// Capability: frozen Python program.
rule compiled_only_frozen_python {
  meta:
    id = "compiled-only-frozen-python"
    severity = "info"
    confidence = "likely"
    description = "Frozen Python program"
    reference = "https://attack.mitre.org/techniques/T1027/002/"
    date = "2026-11-23"
  strings:
    $a = { 4D 45 49 0C 0B 0A 0B 0E }
    $b = "pyi-runtime-tmpdir"
    $c = "NUITKA_ONEFILE_PARENT"
  condition:
    any of them
}

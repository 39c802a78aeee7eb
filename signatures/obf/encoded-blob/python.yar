// Several such words in one file: a whole program is stored as text.
rule encoded_blob_py_program {
  meta:
    id = "encoded-blob-py-program"
    severity = "high"
    confidence = "likely"
    description = "Base64 text hides a whole program"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-11-23"
  strings:
    $a = "subprocess" base64
    $b = "os.system" base64
    $c = "import base64" base64
    $d = "import requests" base64
    $e = "urllib.request" base64
    $g = "/api/webhooks/" base64
    $h = "api.telegram.org" base64
    $i = "/bin/bash" base64
    $j = "import os" base64
    $k = "urlopen(" base64
    $x = /\b(exec\(|eval\()|subprocess\.|os\.system\(|__import\B__\(|write\(/
  condition:
    filesize < 4MB and $x and 2 of ($a,$b,$c,$d,$e,$g,$h,$i,$j,$k)
}

// Single words hidden one by one: every path, module and address is a decoder call. Honest code decodes data, not its own vocabulary.
rule encoded_blob_py_words {
  meta:
    id = "encoded-blob-py-words"
    severity = "high"
    confidence = "likely"
    description = "Many single words of a program are hidden in base64"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-11-23"
  strings:
    $a = "b64decode(b64decode("
    $a2 = "base64.b64decode(base64.b64decode("
    $b = /b64decode\(b?["'][A-Za-z0-9+\/=]{4,80}["']\)\.decode\(/
    $x = /subprocess|os\.system\(|req[uU]ests\.|urlopen\(|\bexec\(|ctypes|socket\./
  condition:
    filesize < 2MB and $x and (#a + #a2 > 3 or #b > 14)
}

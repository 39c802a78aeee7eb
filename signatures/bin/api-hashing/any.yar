// The block-API prologue of common payload generators in raw, hex, escaped or base64 form. Payload frameworks and their
// signature lists contain it too, ordinary packages do not.
rule api_hashing_shellcode_prologue {
  meta:
    id = "api-hashing-shellcode-prologue"
    severity = "high"
    confidence = "likely"
    description = "Known first bytes of Windows shellcode, raw or as text"
    reference = "https://attack.mitre.org/techniques/T1027/007/"
    date = "2026-11-23"
  strings:
    $r64 = { FC 48 83 E4 F0 E8 (C0|C8|CC) 00 00 00 41 51 41 50 52 51 }
    $r32 = { FC E8 (82|89|8F) 00 00 00 60 89 E5 31 }
    $b64 = "/EiD5PDoy"
    $b64b = "/EiD5PDowAAAAEFRQVBSUV"
    $b32 = "/OiCAAAAYInlMcBk"
    $b32b = "/OiJAAAAYInlMdJk"
    $e64 = "\\xfc\\x48\\x83\\xe4\\xf0\\xe8" nocase
    $e32 = /\\xfc\\xe8\\x8[29f]\\x00\\x00\\x00\\x60\\x89\\xe5/ nocase
    $h64 = /fc4883e4f0e8c[08c]000000415141505251/ nocase
    $h32 = /fce88[29f]0000006089e531/ nocase
    $c64 = /0xfc, ?0x48, ?0x83, ?0xe4, ?0xf0, ?0xe8/ nocase
    $c32 = /0xfc, ?0xe8, ?0x8[29f], ?0x00, ?0x00, ?0x00, ?0x60, ?0x89/ nocase
  condition:
    any of them
}

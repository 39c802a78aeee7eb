// ror13, djb2 and FNV-1a values of loader, memory and thread functions. One constant may be chance, three within 4 kB are a
// resolver without names. Anti-cheat and packers do the same, and are suspicious in a package as well.
rule api_hashing_table {
  meta:
    id = "api-hashing-table"
    severity = "high"
    confidence = "likely"
    description = "Several known hashes of Windows function names stand close together"
    reference = "https://attack.mitre.org/techniques/T1027/007/"
    date = "2026-11-23"
  strings:
    $r1 = { 8E 4E 0E EC }
    $r2 = { AA FC 0D 7C }
    $r3 = { 54 CA AF 91 }
    $r4 = { 1B C6 46 79 }
    $r5 = { B8 0A 4C 53 }
    $r6 = { 5B BC 4A 6A }
    $r7 = { 4C 77 26 07 }
    $r8 = { 58 A4 53 E5 }
    $r9 = { A1 6A 3D D8 }
    $d1 = { FB F0 BF 5F }
    $d2 = { 1F BB 31 CF }
    $d3 = { 97 0F 2C 38 }
    $d4 = { 8D F1 4F 84 }
    $d5 = { 51 F4 08 7F }
    $d6 = { C8 E8 22 6F }
    $d7 = { 4C C3 93 67 }
    $d8 = { C8 62 29 08 }
    $d9 = { 30 21 0C CB }
    $f1 = { 0F 07 B2 53 }
    $f2 = { 25 57 F4 F8 }
    $f3 = { 01 55 28 03 }
    $f4 = { F3 21 06 82 }
    $f5 = { 39 7E AC 60 }
    $f6 = { EA 8E 08 C0 }
    $f7 = { 78 B9 67 CA }
    $f8 = { DA 94 05 ED }
  condition:
    ( for any of ($r*) : ( # < 12 and 3 of ($r*) in (@-2048..@+2048) )
    or for any of ($d*) : ( # < 12 and 3 of ($d*) in (@-2048..@+2048) )
    or for any of ($f*) : ( # < 12 and 3 of ($f*) in (@-2048..@+2048) ) )
}

// Reads gs:[60h]/fs:[30h], then the module list: done by shellcode, packers and a few runtimes to find functions without imports.
rule api_hashing_peb_walk {
  meta:
    id = "api-hashing-peb-walk"
    severity = "medium"
    confidence = "likely"
    description = "Code walks the loader list of the process environment block"
    reference = "https://attack.mitre.org/techniques/T1027/007/"
    date = "2026-11-23"
  strings:
    $a = { 65 (48 | 4C) 8B (04 25 | 0C 25 | 14 25 | 1C 25 | 34 25 | 3C 25) 60 00 00 00 [0-8] (48 | 49 | 4C | 4D) 8B (4? | 5? | 6? | 7?) 18 [0-12] (48 | 49 | 4C | 4D) 8B (4? | 5? | 6? | 7?) (10|20|30) }
    $b = { 64 A1 30 00 00 00 [0-8] 8B (40|48|50|58|70) 0C [0-12] 8B (40|48|50|58|70|49|52|5B|76) (0C|14|1C) }
    $c = { 64 8B (52|49|5B|76) 30 8B (52|49|5B|76) 0C 8B (52|49|5B|76) 14 }
  condition:
    filesize < 4MB and any of them
}

// The same walk, and a rotation by thirteen within the function that compares names: the classic resolver. Packers and a
// few copy protections do it as well and are suspicious in a package too.
rule api_hashing_walk_and_rotate {
  meta:
    id = "api-hashing-walk-and-rotate"
    severity = "high"
    confidence = "likely"
    description = "Code walks the loader list and compares rotated hashes of names"
    reference = "https://attack.mitre.org/techniques/T1027/007/"
    date = "2026-11-27"
  strings:
    $p64 = { 65 (48 | 4C) 8B (04 | 0C | 14 | 1C | 34 | 3C) 25 60 00 00 00 }
    $p32 = { 64 A1 30 00 00 00 }
    $p32b = { 64 8B (0D | 15 | 1D | 35 | 3D) 30 00 00 00 }
    $r = { C1 (C8 | C9 | CA | CB | CD | CE | CF) 0D (01 | 03 | 0F | 4? | 89 | 8B | 8D) }
    $r2 = { 41 C1 (C8 | C9 | CA | CB | CC | CD | CE | CF) 0D }
    $x = { 8B (4? | 5? | 6? | 7? | 8? | 9?) 3C }
    $x2 = { 63 (4? | 5? | 6? | 7?) 3C }
  condition:
    uint16(0) == 0x5a4d and filesize < 4MB and for any of ($p*) : ( # < 40 and for any i in (1..#) : ( any of ($r, $r2) in (@[i]-1200..@[i]+1200) and any of ($x, $x2) in (@[i]-1200..@[i]+1200) ) )
}

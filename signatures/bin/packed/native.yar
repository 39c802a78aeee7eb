// Common for Go and Rust command-line tools; says only that the content is not readable until unpacked.
rule packed_upx {
  meta:
    id = "packed-upx"
    severity = "low"
    confidence = "hint"
    description = "File is packed with UPX"
    reference = "https://attack.mitre.org/techniques/T1027/002/"
    date = "2026-11-23"
  strings:
    $u = "UPX!"
    $i = "This file is packed with the UPX executable packer"
    $s = /UPX0\x00.{33,60}UPX1\x00/s
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and ( ($u and any of ($i, $s)) or (#u >= 2 and $u in (0..1024) and $u in (filesize-512..filesize)) )
}

// Overwriting the UPX! magic makes the official unpacker refuse the file and has no use but hiding. The layout test reads
// the ELF pack header: no section table, program id 0, equal file and block size larger than the packed file itself.
rule packed_upx_altered_magic {
  meta:
    id = "packed-upx-altered-magic"
    severity = "high"
    confidence = "likely"
    description = "UPX stub or header is present but its magic has been removed"
    reference = "https://attack.mitre.org/techniques/T1027/002/"
    date = "2026-11-23"
  strings:
    $u = "UPX!"
    $stub = "PROT_EXEC|PROT_WRITE failed."
    $info = "This file is packed with the UPX executable packer"
    $pe = /UPX0\x00.{35}UPX1\x00/s
  condition:
    ( (uint32(0) == 0x464c457f and not $u and any of ($stub, $info)) or (uint16(0) == 0x5a4d and not $u and $pe in (0..1024))
    or (uint32(0) == 0x464c457f and uint8(4) == 2 and uint16(60) == 0 and uint32(40) == 0 and not $u and for any n in (2, 3, 4) : (
    uint16(56) == n and uint32(68+56*n+8) == 0 and uint32(68+56*n+12) == uint32(68+56*n+16) and uint32(68+56*n+12) > filesize and uint32(68+56*n) != 0 and uint32(68+56*n+12) < 0x10000000 )) )
}

// VMProtect, Themida, Enigma, MPRESS, ASPack and similar; seen on games and licence-guarded Windows software, hardly ever
// in an npm or pip package.
rule packed_protector_section {
  meta:
    id = "packed-protector-section"
    severity = "medium"
    confidence = "likely"
    description = "Executable has sections of a commercial or unusual protector"
    reference = "https://attack.mitre.org/techniques/T1027/002/"
    date = "2026-11-23"
  strings:
    $a = /\.(vmp[0-2]|themida|winlice|MPRESS[12]|enigma[12]|aspack|adata|petite|nsp[01]|boom|svmp[12]|obsidium|ccg|packed|RLPack|y0da|upack|yP|perplex|taz|tsuarch|spack|mackt|neolit|winapi|shrink[1-3]|seau|pelock)\x00/
  condition:
    uint16(0) == 0x5a4d and $a in (0..1600)
}

// Ezuri, kiteshield and clones: names of the decrypt step and the memory run step sit in one small program.
rule packed_elf_memory_crypter {
  meta:
    id = "packed-elf-memory-crypter"
    severity = "high"
    confidence = "likely"
    description = "Stub of a crypter that decrypts a program and runs it from memory"
    reference = "https://attack.mitre.org/techniques/T1027/002/"
    date = "2026-11-23"
  strings:
    $e1 = "main.runFromMemory"
    $e2 = "main.aesDec"
    $e3 = "main.decryptAndRun"
    $k1 = "kiteshield" nocase fullword
    $k2 = "ks_malloc"
    $k3 = "obf_sym"
    $k4 = "decrypt_and_exec"
    $l1 = "memfd_create"
    $x1 = /(run|exec|load)_?(elf_)?(from|in)_?(mem(ory)?|memfd)\x00/ nocase
    $x2 = /(rc4|aes|xor|chacha20?)_?(decrypt|crypt|dec)\x00/ nocase
  condition:
    uint32(0) == 0x464c457f and ( 2 of ($e*) or (any of ($e*) and $l1) or 2 of ($k*) or (filesize < 200KB and $x1 and $x2) )
}

// The expiry and argv messages are the stub's; distributors of honest scripts have little reason to encrypt them.
rule packed_shc_script {
  meta:
    id = "packed-shc-script"
    severity = "medium"
    confidence = "likely"
    description = "Shell script compiled and encrypted with shc"
    reference = "https://attack.mitre.org/techniques/T1027/002/"
    date = "2026-11-23"
  strings:
    $a = "E: neither argv[0] nor $_ works."
    $b = "location has changed!"
    $c = "has expired!"
    $d = "abnormal behavior!"
  condition:
    uint32(0) == 0x464c457f and 3 of them
}

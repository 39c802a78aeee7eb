// A PNG, JPEG, GIF, ICO or BMP has no reason to contain the DOS stub text. Test images of forensic tools are the only
// known look-alike.
rule embedded_exe_in_picture {
  meta:
    id = "embedded-exe-in-picture"
    severity = "high"
    confidence = "likely"
    description = "Picture or document file holds a Windows program"
    reference = "https://attack.mitre.org/techniques/T1027/009/"
    date = "2026-11-23"
  strings:
    $dos = "This program cannot be run in DOS mode"
    $rust = "This program must be run under Win32"
    $elf = { 7F 45 4C 46 (01|02) 01 01 [9] (02|03) 00 (03|3E|28|B7) 00 01 00 00 00 }
  condition:
    (uint32(0) == 0x474e5089 or uint16(0) == 0xd8ff or uint32(0) == 0x38464947 or uint32(0) == 0x00010000 or (uint16(0) == 0x4d42 and uint32(6) == 0) or (uint32be(0) == 0x52494646 and uint32be(8) != 0)) and any of them
}

// The DOS stub text is found after XOR with a constant. Firmware and anti-virus signature stores may encode programs
// this way, command-line packages do not.
rule embedded_exe_xor_stub {
  meta:
    id = "embedded-exe-xor-stub"
    severity = "high"
    confidence = "likely"
    description = "Windows program hidden under a one-byte XOR"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-11-23"
  strings:
    $x = "This program cannot be run in DOS mode" xor(0x01-0xff)
  condition:
    $x
}

// A second program stored as text inside a program is a dropper shape; PowerShell hosts and test fixtures also do it.
rule embedded_exe_base64 {
  meta:
    id = "embedded-exe-base64"
    severity = "medium"
    confidence = "likely"
    description = "Binary carries a base64 or hex coded program"
    reference = "https://attack.mitre.org/techniques/T1027/009/"
    date = "2026-11-23"
  strings:
    $b1 = "TVqQAAMAAAAEAAAA//8AALgAAAA"
    $b2 = "TVpQAAIAAAAEAA8A//8AALgAAAA"
    $b3 = "f0VMRgIBAQAAAAAAAAAAAA"
    $b4 = "f0VMRgEBAQAAAAAAAAAAAA"
    $w1 = "TVqQAAMAAAAEAAAA//8AALgAAAA" wide
    $h1 = "4d5a90000300000004000000ffff0000b8" nocase
    $h2 = "7f454c46020101000000000000000000" nocase
    $r1 = "AAAAgLAA8//AAAAEAAAAMAAQqVT"
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and any of them
}

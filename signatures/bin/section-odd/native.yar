// Hand-made or generated stagers look like this; so do size contests and some test fixtures.
rule section_odd_tiny_elf {
  meta:
    id = "section-odd-tiny-elf"
    severity = "medium"
    confidence = "likely"
    description = "ELF program below 1 kB without section headers"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $sys = { 7F 45 4C 46 }
  condition:
    uint32(0) == 0x464c457f and filesize < 1024 and ( (uint8(4) == 2 and uint16(60) == 0 and uint32(40) == 0) or (uint8(4) == 1 and uint16(48) == 0 and uint32(32) == 0) ) and $sys at 0
}

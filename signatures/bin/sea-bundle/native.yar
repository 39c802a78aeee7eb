// Bun, Deno, Node SEA, pkg, nexe, PyInstaller and Nuitka keep the program as data; its script must be extracted to be judged.
rule sea_bundle_runtime {
  meta:
    id = "sea-bundle-runtime"
    severity = "info"
    confidence = "certain"
    description = "Single-file bundle of a script runtime"
    reference = "https://attack.mitre.org/techniques/T1027/009/"
    date = "2026-11-23"
  strings:
    $b = "---- Bun! ----"
    $d = "d3n0l4nd"
    $n = "NODE_SEA_BLOB"
    $p = "PAYLOAD_POSITION"
    $x = "<nexe~~sentinel>"
    $y = "_MEIPASS2"
    $z = "MEI\x0c\x0b\x0a\x0b\x0e"
    $u = "NUITKA_ONEFILE_PARENT"
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and any of them
}

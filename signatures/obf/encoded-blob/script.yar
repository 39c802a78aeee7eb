// Base64 of a PE or ELF header inside source. Test suites of decoders and a few WASM-free installers carry one too.
rule encoded_blob_program_header {
  meta:
    id = "encoded-blob-program-header"
    severity = "high"
    confidence = "likely"
    description = "Base64 or hex text of a program file in source"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-11-23"
  strings:
    $a = /TVqQAAMAAAAEAAAA|TVpQAAIAAAAEAA8A|TVoAAAAAAAAAAAAA|TVqAAAEAAAAEABAA/
    $b = /f0VMR[gQ]I?BAQ(AAAA|MAAA)/
    $c = /4d5a90000300000004000000/ nocase
    $d = /7f454c46020101[0-9a-f]{20}/ nocase
    $e = /\\x4d\\x5a\\x90\\x00\\x03(\\x[0-9a-f]{2}){11}["'`]?[\s\\+b,]{0,60}["'`]?\\x[0-9a-f]{2}\\x|\\x7f\\x45\\x4c\\x46\\x02\\x01(\\x[0-9a-f]{2}){10}["'`]?[\s\\+b,]{0,60}["'`]?\\x[0-9a-f]{2}\\x/ nocase
  condition:
    any of them
}

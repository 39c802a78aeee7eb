// Archive, program or script directly behind the end mark of a picture. Editors that append metadata use none of these heads.
rule mis_typed_container_picture_tail {
  meta:
    id = "mis-typed-container-picture-tail"
    severity = "high"
    confidence = "certain"
    description = "Archive, program or script stands behind the end of a picture"
    reference = "https://attack.mitre.org/techniques/T1027/003/"
    date = "2026-11-23"
  strings:
    $a = { 49 45 4E 44 AE 42 60 82 50 4B 03 04 }
    $b = { 49 45 4E 44 AE 42 60 82 4D 5A 90 00 }
    $c = { 49 45 4E 44 AE 42 60 82 7F 45 4C 46 }
    $d = { 49 45 4E 44 AE 42 60 82 [0-2] 23 21 2F }
    $e = { FF D9 50 4B 03 04 14 00 }
    $f = { FF D9 4D 5A 90 00 03 00 }
    $g = { 49 45 4E 44 AE 42 60 82 [0-2] 69 6D 70 6F 72 74 20 }
    $h = { 49 45 4E 44 AE 42 60 82 52 61 72 21 }
  condition:
    ((uint32(0) == 0x474E5089) and any of ($a,$b,$c,$d,$g,$h)) or (uint16(0) == 0xD8FF and any of ($e,$f))
}

// Script that starts like a GIF or bitmap so both readers accept it.
rule mis_typed_container_gif_script {
  meta:
    id = "mis-typed-container-gif-script"
    severity = "high"
    confidence = "likely"
    description = "File is a picture header and a script at once"
    reference = "https://attack.mitre.org/techniques/T1036/008/"
    date = "2026-11-23"
  strings:
    $a = /GIF8[79]a\s{0,3}(\/\*|=\s?["'\d(])/
    $x = /<\?php|eval\(|\*\/\s{0,3}(=|;)|function\s?\(|require\(|docume\Bnt\./
  condition:
    uint32(0) == 0x38464947 and $a and $x
}

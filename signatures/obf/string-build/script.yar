// Loader words spelled in hex or unicode escapes. Readable letters never need an escape; Unicode tables and parsers escape other ranges.
rule string_build_escaped_words {
  meta:
    id = "string-build-escaped-words"
    severity = "high"
    confidence = "likely"
    description = "Loader words are written in character escapes"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = "\\x65\\x76\\x61\\x6c" nocase
    $b = "\\x65\\x78\\x65\\x63" nocase
    $c = "\\x63\\x68\\x69\\x6c\\x64\\x5f" nocase
    $d = "\\x72\\x65\\x71\\x75\\x69\\x72\\x65" nocase
    $e = "\\x73\\x75\\x62\\x70\\x72\\x6f" nocase
    $f = "\\x5f\\x5f\\x69\\x6d\\x70\\x6f\\x72\\x74" nocase
    $g = "\\x5f\\x5f\\x62\\x75\\x69\\x6c\\x74" nocase
    $h = "\\x62\\x61\\x73\\x65\\x36\\x34" nocase
    $i = /["'`]\\x68\\x74\\x74\\x70\\x73\\x3a/ nocase
    $j = /["'`]\\x68\\x74\\x74\\x70\\x3a\\x2f/ nocase
    $k = "\\x66\\x72\\x6f\\x6d\\x43\\x68\\x61\\x72" nocase
    $l = "\\x69\\x6d\\x70\\x6f\\x72\\x74\\x20" nocase
    $m = "\\x63\\x6f\\x64\\x65\\x63\\x73" nocase
    $n = /(["'`.=]|\\x2e|\\x22|\\x27)\\x73\\x79\\x73\\x74\\x65\\x6d/ nocase
    $o = "\\u0065\\u0076\\u0061\\u006c" nocase
    $p = "\\u0072\\u0065\\u0071\\u0075\\u0069\\u0072\\u0065" nocase
    $q = "\\u0065\\u0078\\u0065\\u0063" nocase
    $r = "\\145\\166\\141\\154"
    $s = "\\145\\170\\145\\143"
  condition:
    filesize < 5MB and any of them
}

// Loader words as character-number lists. The dictionary of Brotli (RFC 7932, appendix A: "timedownlife...") holds such words
// among thirteen thousand others.
rule string_build_number_words {
  meta:
    id = "string-build-number-words"
    severity = "high"
    confidence = "likely"
    description = "Loader words are written as character numbers"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = "101, 120, 101, 99,"
    $a2 = "101,120,101,99,83,121,110,99"
    $b = "95, 95, 98, 117, 105, 108, 116, 105, 110"
    $b2 = "95,95,98,117,105,108,116,105,110"
    $c = "104, 116, 116, 112, 115, 58, 47, 47"
    $c2 = "104,116,116,112,115,58,47,47"
    $d = "104, 116, 116, 112, 58, 47, 47"
    $d2 = "104,116,116,112,58,47,47"
    $e = "99, 104, 105, 108, 100, 95, 112, 114"
    $e2 = "99,104,105,108,100,95,112,114"
    $f = "115, 117, 98, 112, 114, 111, 99, 101"
    $f2 = "115,117,98,112,114,111,99,101"
    $g = "105, 109, 112, 111, 114, 116, 32"
    $g2 = "105,109,112,111,114,116,32"
    $h = "114, 101, 113, 117, 105, 114, 101"
    $h2 = "114,101,113,117,105,114,101"
    $i = "101, 118, 97, 108,"
    $x = /eval|exec|chr\(|chr,|fromCharCode|Function|bytes\(|bytearray\(|__import__|getattr|TextDecoder|Buffer\.from/
    $y = /\b(exec\(|eval\()|fr\BomCharCode|map\(\s?chr\b|\(chr\(\w{1,20}\)\s?for|new Functi\Bon\(|__import\B__\(|for \w{1,12} in [^()\n]{0,60}\(?chr\(/
    // Words of messages, as compiled programs have them among their data.
    $required = /114, ?101, ?113, ?117, ?105, ?114, ?101, ?1(00|15|09),/
    $dictionary = /116, ?105, ?109, ?101, ?100, ?111, ?119, ?110, ?108, ?105, ?102, ?101, ?108, ?101, ?102, ?116/
  condition:
    filesize < 2MB and $x and not $dictionary and (any of ($a2,$b,$b2,$e,$e2,$f,$f2,$g,$g2) or #h + #h2 > #required) or (filesize < 100KB and $y and any of ($a,$c,$c2,$d,$d2,$i))
}

// Loader words glued from pieces. Nobody splits these words except to keep them from being found.
rule string_build_split_words {
  meta:
    id = "string-build-split-words"
    severity = "high"
    confidence = "likely"
    description = "Loader words are glued together from pieces"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /["']c["']\s?\+\s?["']hi\Bld_process["']|["']ch["']\s?\+\s?["']i\Bld_process|["']chi["']\s?\+\s?["']ld_pr|["']child["']\s?\+\s?["']_pro|["']chi\Bld_["']\s?\+\s?["']pro|["']chil\Bd_p["']\s?\+\s?["']ro|["']chi\Bld_pro["']\s?\+\s?["']cess|["']chi\Bld_proc["']\s?\+\s?["']ess|["']chil["']\s?\+\s?["']d_p/
    $b = /["']s["']\s?\+\s?["']ubprocess|["']su["']\s?\+\s?["']bprocess|["']sub["']\s?\+\s?["']process["']|["']subp["']\s?\+\s?["']rocess|["']subpr["']\s?\+\s?["']ocess|["']subpro["']\s?\+\s?["']cess/
    $c = /["']ev["']\s?\+\s?["']al["']|["']e["']\s?\+\s?["']val["']|["']eva["']\s?\+\s?["']l["']|["']ex["']\s?\+\s?["']ec["']|["']exe["']\s?\+\s?["']c["']|["']e["']\s?\+\s?["']xec["']/
    $d = /["']base["']\s?\+\s?["']64["']|["']ba["']\s?\+\s?["']s\Be64["']|["']b64["']\s?\+\s?["']decode["']|["']b64de["']\s?\+\s?["']code["']|["']_\B_im["']\s?\+\s?["']port__|["']__\Bimp["']\s?\+\s?["']o\Brt__|["']sys["']\s?\+\s?["']tem["']|["']url["']\s?\+\s?["']open["']|["']fromChar["']\s?\+\s?["']Code["']/
    $e = /["']power["']\s?\+\s?["']shell|["']pow["']\s?\+\s?["']ershell|["']Down["']\s?\+\s?["']load(String|File)|["']Invoke-["']\s?\+\s?["']Exp|["']i["']\+["']ex["']|["']IE["']\s?\+\s?["']X["']/ nocase
  condition:
    filesize < 3MB and any of them
}

// Bundlers put in what they are asked to; who writes the word in two keeps them from it.
rule string_build_split_require {
  meta:
    id = "string-build-split-require"
    severity = "medium"
    confidence = "likely"
    description = "The word require is glued together from pieces"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-27"
  strings:
    $a = /["']req["']\s?\+\s?["']uire["']|["']re["']\s?\+\s?["']quire["']/
  condition:
    filesize < 3MB and $a
}

// Dart: the name of the host is put together of letters that are exchanged by a number, and something is posted to it. Look-alikes: none known;
// addresses of products stand there, or come from their settings.
rule string_build_dart_host {
  meta:
    id = "string-build-dart-host"
    severity = "high"
    confidence = "likely"
    description = "Dart posts to a host whose name is worked out letter by letter"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-12-01"
  strings:
    $build = /String\.fromCharCodes\s?\([^\n;]{0,120}(\^|\- ?\d|\+ ?\d)/
    $send = /\bhttp\s{0,12}\.(post|put)\s?\(|\bDio\(\)\.(post|put)\s?\(|\bhttp\.(post|put)\s?\(|\.postUrl\s?\(/
    $at = /Uri\.(parse|https|http)\s?\([^\n]{0,40}\$/
  condition:
    filesize < 100KB and $send and for any i in (1..#build) : ( i < 8 and $at in (@build[i]..@build[i]+400) )
}

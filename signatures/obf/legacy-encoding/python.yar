// Source encoding that transforms the code. Old national encodings only map letters.
rule legacy_encoding_transform {
  meta:
    id = "legacy-encoding-transform"
    severity = "high"
    confidence = "certain"
    description = "Source declares an encoding that transforms its code"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /coding[:=][ \t]{0,3}(rot-?_?13|utf-?_?7|raw[-_]unicode[-_]escape|unicode[-_]escape|punycode|hex(lify)?|base64|zlib|bz2|uu|quopri|u7)\b/ nocase
  condition:
    $a and (@a[1] < 200) and uint8(0) == 0x23
}

// Text re-read through a wide codec and executed: packs two letters into one.
rule legacy_encoding_wide_exec {
  meta:
    id = "legacy-encoding-wide-exec"
    severity = "high"
    confidence = "certain"
    description = "Text is re-encoded through a wide or escape codec and executed"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /\bexec\(\s?(bytes\(\s?["']|["'])/
    $w = /(["']\s?,\s?|\.encode\(\s?)["'](u|utf[-_]?)-?(16|32)(-?[bl]e)?["']\s?\)/
    $e = /\b(exec\(|eval\()\s?(compile\()?b?["']/
    $d = /["']\s?\.decode\(\s?["'](unicode[-_]escape|raw[-_]unicode[-_]escape|utf-?7|punycode|idna)["']/
  condition:
    filesize < 2MB and ((for any i in (1..#w) : ( i < 6 and ($a in (@w[i]-9000..@w[i])) )) or (for any i in (1..#d) : ( i < 6 and ($e in (@d[i]-9000..@d[i])) )))
}

// A coding that Python does not know, in a file that holds no word of Python: the package brings a codec that makes code of it. Codecs that only
// add to the language (templates, markup within code) leave its words where they are.
rule legacy_encoding_own {
  meta:
    id = "legacy-encoding-own"
    severity = "high"
    confidence = "likely"
    description = "Source declares a coding of its own and cannot be read as it stands"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-30"
  strings:
    $a = /#[^\n]{0,20}coding[:=][ \t]{0,3}[a-zA-Z][a-zA-Z0-9_.-]{2,30}/
    $k = /coding[:=][ \t]{0,3}(utf|u8|u7|latin|l1|iso|ascii|us-ascii|ansi|cp-?\d|windows|win|gb|big-?5|hz|euc|eucjp|ujis|shift|s-?jis|koi|mac|tis|ptcp|kz|johab|ms|mbcs|oem|raw|unicode|rot|punycode|idna|hex|base64|zlib|bz2|uu|quopri|undefined|none|binary|viscii|tcvn|hp-|cs|korean|chinese|greek|hebrew|arabic|cyrillic|thai|%|\{|<)/ nocase
    $w1 = "import "
    $w2 = "def "
    $w3 = "class "
    $w4 = "return"
    $w5 = "print"
    $w6 = " = {"
    $w7 = "for "
  condition:
    filesize > 100 and filesize < 500KB and uint8(0) == 0x23 and $a and @a[1] < 200 and not $k in (0..300) and not any of ($w*)
}

// Reversed or XOR-unmasked text handed to an evaluator or loader.
rule string_build_js_unmask_exec {
  meta:
    id = "string-build-js-unmask-exec"
    severity = "high"
    confidence = "likely"
    description = "Text is reversed or unmasked by XOR and then evaluated or loaded"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /\.split\(["'`]{2}\)\.reverse\(\)\.join\(["'`]{2}\)/
    $b = /Stri\Bng\.fromCharCode\(\s?\w{1,20}(\.charCodeAt\([^)]{0,20}\)|\[\w{1,12}\])\s?\^/
    $c = /\.\bmap\(\(?\w{1,8}(,\s?\w{1,8})?\)?\s?=>\s?(String\.fromCharCode\(\s?)?\w{1,8}(\[[^\]]{1,20}\])?\s?\^\s?(\w{1,20}|0x[0-9a-f]{1,4})/
    $x = /\beval\(|new Functi\Bon\(|\bFuncti\Bon\(\s?\w{1,20}\s?\)\s?\(|vm\.runIn\w{3,20}\(|execSy\Bnc\(\s?\w{1,20}\(|require\(\s?\w{1,20}\(|_compile\(|\._load\(/
  condition:
    filesize < 100KB and ((for any i in (1..#a) : ( i < 6 and ($x in (@a[i]-200..@a[i]+200)) )) or (for any i in (1..#b) : ( i < 6 and ($x in (@b[i]-400..@b[i]+600)) )) or (for any i in (1..#c) : ( i < 6 and ($x in (@c[i]-300..@c[i]+500)) )))
}

// A module and a function of it that is called at once are both named by a table behind numbers. Honest look-alikes: bundlers
// number modules (`require(12)`), and name functions by words.
rule string_build_js_numbered_names {
  meta:
    id = "string-build-js-numbered-names"
    severity = "high"
    confidence = "likely"
    description = "A module and its function are named by calls with numbers"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-28"
  strings:
    $a = /\breq[uU]ire\([A-Za-z_$][\w$]{0,15}\((0x)?[0-9a-f]{1,5}\)\)\[[A-Za-z_$][\w$]{0,15}\((0x)?[0-9a-f]{1,5}\)\]\(/
  condition:
    $a
}

// JSFuck alphabet in quantity. Only the encoder's own package and puzzles hold it.
rule js_encoders_symbols {
  meta:
    id = "js-encoders-symbols"
    severity = "high"
    confidence = "certain"
    description = "Code is written in punctuation or face characters only"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = "(![]+[])[+[]]"
    $b = "(!![]+[])[+[]]"
    $c = "(!![]+[])[+!+[]]"
    $d = "[][(![]+[])"
    $sa = /[\w$]{1,12}=~\[\];\s?[\w$]{1,12}=\{_{3}:\+\+/
    $sb = { EF BE 9F CF 89 EF BE 9F EF BE 89 }
    $sc = { EF BE 9F D0 94 EF BE 9F 29 5B }
  condition:
    #a + #b + #c + #d > 6 or any of ($s*)
}

// Dean Edwards packer. Old jQuery plugins are packed this way, so only suspicious.
rule js_encoders_packer {
  meta:
    id = "js-encoders-packer"
    severity = "medium"
    confidence = "likely"
    description = "Code is unpacked by a packer stub and evaluated"
    reference = "https://attack.mitre.org/techniques/T1027/002/"
    date = "2026-11-23"
  strings:
    $a = /eval\(function\(p,a,c,k,e,[dr]\)/
  condition:
    $a
}

// Percent or decimal text evaluated. Tag managers write markup this way, they do not evaluate it.
rule js_encoders_eval_text {
  meta:
    id = "js-encoders-eval-text"
    severity = "high"
    confidence = "likely"
    description = "Escaped or character-coded text is evaluated"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /\beval\(\s?(unescape|decodeURIComponent)\(\s?["'`](%|\\x|\\u)/
    $b = /(\beval|new Function|\bFunction)\(\s?Stri\Bng\.fromCharCode\(\s?(\.\.\.\[)?\s?\d{1,3}\s?,/
    $c = /(\beval|new Function|\bFunction)\(\s?\[\s?\d{1,3}\s?,/
    $c2 = /\]\.map\([^)]{0,60}fromCharCode/
    $d = /\beval\(\s?String\.fromCharCode\.apply\(/
  condition:
    $a or $b or $d or (for any i in (1..#c) : ( i < 5 and ($c2 in (@c[i]..@c[i]+8000)) ))
}

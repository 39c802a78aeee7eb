// Tag base subtracted and the text executed or prompted. Unicode data handles tags without evaluating them.
rule tag_chars_decoder {
  meta:
    id = "tag-chars-decoder"
    severity = "high"
    confidence = "likely"
    description = "Tag characters are converted to text and executed or sent as a prompt"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /[-+^]\s?(0xE0000|917504)\b|&\s?0x7F\b[^\n]{0,60}0xE00/ nocase
    $x = /\beval\(\s?[\w\[(]|new Functi\Bon\(\s?\w|\bexec\(\s?[\w\[(]|vm\.runIn|os\.system\(|execSy\Bnc\(|prompt/
  condition:
    filesize < 200KB and (for any i in (1..#a) : ( i < 6 and ($x in (@a[i]-600..@a[i]+900)) ))
}

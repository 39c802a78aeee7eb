// Code that maps invisible characters to bits and executes the outcome.
rule zero_width_decoder_exec {
  meta:
    id = "zero-width-decoder-exec"
    stages = "conceal act"
    severity = "high"
    confidence = "certain"
    description = "Zero-width characters are mapped to bits and the result is executed"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /\\u200[bcdBCDeEfF]/
    $b = /\\u2060|\\ufeff|\\u200[bcd]["'`]\s?[,:?=)\]]|0x200[bcd]\b/ nocase
    $d = /parseInt\([^)\n]{1,60},\s?2\)|int\([^)\n]{1,60},\s?2\)|f[rR]omCharCode|f[rR]omCodePoint|\bchr\(/
    $x = /\beval\(\s?\w|new Functi\Bon\(\s?\w|\bexec\(\s?\w|vm\.runIn/
  condition:
    filesize < 100KB and #a > 0 and (for any i in (1..#b) : ( i < 8 and ($d in (@b[i]-500..@b[i]+600)) and ($x in (@b[i]-700..@b[i]+900)) ))
}

// Invisible character inside a word of code: two names look the same.
rule zero_width_in_name {
  meta:
    id = "zero-width-in-name"
    severity = "medium"
    confidence = "likely"
    description = "Zero-width character inside an identifier or keyword"
    reference = "https://attack.mitre.org/techniques/T1036/"
    date = "2026-11-23"
  strings:
    $b = /[\w$](\xe2\x80[\x8b-\x8d]|\xe2\x81\xa0)[\w$]{0,20}\s?[=(.]/
    $c = { E3 85 A4 }
    $d = /\{[^}\n]{0,60}\xe3\x85\xa4 ?[,}:]|\[[^\]\n]{0,60},\xe3\x85\xa4\s?\]|=\s?req\.\w{4,6}[^\n]{0,30}\xe3\x85\xa4/
  condition:
    $b or ($c and $d)
}

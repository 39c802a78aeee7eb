// Arithmetic that turns both selector blocks into bytes. Width and emoji tables compare ranges, they do not subtract both bases.
rule variation_payload_decoder {
  meta:
    id = "variation-payload-decoder"
    severity = "high"
    confidence = "likely"
    description = "Variation selectors are converted to bytes"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /-\s?\(?\s?(0x0?FE00|65024)\b/ nocase
    $b = /-\s?\(?\s?(0xE0100|917760|0xE00F0|917744)\b/ nocase
  condition:
    filesize < 3MB and $a and $b and (for any i in (1..#b) : ( i < 6 and ($a in (@b[i]-500..@b[i]+500)) ))
}

// The same with execution of the bytes: complete loader.
rule variation_payload_exec {
  meta:
    id = "variation-payload-exec"
    severity = "critical"
    confidence = "certain"
    description = "Variation selectors are converted to bytes and executed"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /(0x0?FE00|65024)\b/ nocase
    $b = /-\s?\(?\s?(0xE0100|917760|0xE00F0|917744)\b/ nocase
    $x = /\beval\(\s?[\w\[(]|new Functi\Bon\(\s?\w|\bexec\(\s?[\w\[(]|vm\.runIn\w{3,20}\(|_\Bcompile\(|Functi\Bon\(\w{1,20}\)\(|\bimport\(\s?["'`]data:/
  condition:
    filesize < 3MB and (for any i in (1..#b) : ( i < 6 and ($a in (@b[i]-500..@b[i]+500)) and ($x in (@b[i]-800..@b[i]+1500)) ))
}

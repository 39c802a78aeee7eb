// Long runs of invisible characters carry bits. Emoji joiners and Persian text never repeat them this often.
rule zero_width_run {
  meta:
    id = "zero-width-run"
    severity = "high"
    confidence = "likely"
    description = "Long run of zero-width characters"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /(\xe2\x80[\x8b-\x8f]|\xe2\x81[\xa0-\xa4]|\xef\xbb\xbf)(\xe2\x80[\x8b-\x8f]|\xe2\x81[\xa0-\xa4]|\xef\xbb\xbf)(\xe2\x80[\x8b-\x8f]|\xe2\x81[\xa0-\xa4]|\xef\xbb\xbf){10}/
  condition:
    $a
}

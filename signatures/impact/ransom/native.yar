// impact/ransom: native files

// Note text plus shadow deletion or an onion address.
rule ransom_native_note {
  meta:
    id = "ransom-native-note"
    severity = "high"
    confidence = "likely"
    description = "Program carries a ransom demand and deletes backups"
    reference = "https://attack.mitre.org/techniques/T1486/"
    date = "2026-11-23"
  strings:
    $n1 = /(your|all|important)\s[^\n\x00]{0,30}(files|documents)\s[^\n\x00]{0,40}encrypted/i
    $b1 = /vssadmin(\.exe)? delete shadows/i ascii wide
    $b2 = /recoveryenabled no/i ascii wide
    $b3 = /[a-z2-7]{16,56}\.onion/
    $b4 = /decrypt(or|ion key| your files)/i
  condition:
    $n1 and 2 of ($b*)
}

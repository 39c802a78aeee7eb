// cred/browser: native files

// A browser carries its own query but not its rivals' folders; a stealer carries both.
rule browser_native_logins_table {
  meta:
    id = "browser-native-logins-table"
    severity = "high"
    confidence = "likely"
    description = "Program names many minor browsers beside the saved-password query"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-23"
  strings:
    $q1 = /password_value[^\x00]{0,80}FROM\s{1,3}logins/i ascii wide
    $q2 = "CryptUnprotectData" ascii wide
    $a1 = "Kometa" ascii wide
    $a2 = "Orbitum" ascii wide
    $a3 = "CentBrowser" ascii wide
    $a4 = "7Star" ascii wide
    $a5 = "uCozMedia" ascii wide
    $a6 = "Epic Privacy Browser" ascii wide
    $a7 = "CocCoc" ascii wide
    $a8 = "BraveSoftware" ascii wide
    $l = "Login Data" ascii wide
  condition:
    $l and 4 of ($a*) and any of ($q*)
}

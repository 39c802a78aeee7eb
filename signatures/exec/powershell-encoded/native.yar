// PowerShell without a window and with a command in base64, written down in a program as one text, in one byte a letter or in
// two. Programs that start PowerShell for its output put the command in when they run, and libraries that open pages from within
// Linux on Windows end with the option.
rule powershell_encoded_in_program {
  meta:
    id = "powershell-encoded-in-program"
    severity = "high"
    confidence = "likely"
    description = "Compiled program starts hidden PowerShell with an encoded command"
    reference = "https://attack.mitre.org/techniques/T1059/001/"
    date = "2026-11-28"
  strings:
    $a = /powershell(\.exe)?"?[^\x00\n]{1,100} -(e|ec|en|enc|encodedcommand) +["']?[A-Za-z0-9+\/]{12}/ nocase ascii wide
    $h = /-w(i|in|indow|indowstyle)? +(hidden|1) / nocase ascii wide
  condition:
    uint16(0) == 0x5a4d and filesize < 20MB and for any i in (1..8) : ( $h in (@a[i]..@a[i]+200) )
}

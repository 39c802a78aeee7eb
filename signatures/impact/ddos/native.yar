// impact/ddos: native files

// Attack names beside busybox or telnet scanner strings.
rule ddos_native_bot {
  meta:
    id = "ddos-native-bot"
    severity = "high"
    confidence = "likely"
    description = "Program carries the command words of a flood bot"
    reference = "https://attack.mitre.org/techniques/T1498/"
    date = "2026-11-23"
  strings:
    $a1 = /(udp|syn|ack|http|std|tcp|vse|xmas)[ _-]?flood/i
    $a2 = "/bin/busybox"
    $a3 = /attack_(method|udp|tcp|gre|parse|kill)/
    $a4 = /(HOLD|JUNK|UDP|TCP|STD|HTTP)FLOOD|KILLATTK|LOLNOGTFO|GETLOCALIP/
    $a5 = /POST \/(cdn-cgi|GponForm|tmUnblock|HNAP1|ctrlt\/DeviceUpgrade)/
    $a6 = "watchdog"
    $a7 = /(enable\x00system\x00shell|applet not found|\/dev\/FTWDT101)/
  condition:
    filesize < 8MB and uint32(0) == 0x464c457f and (3 of ($a1,$a2,$a3,$a4,$a5,$a7) or ($a2 and $a5) or (#a1 > 2 and $a2) or ($a7 and $a6 and $a2) or #a4 > 3)
}

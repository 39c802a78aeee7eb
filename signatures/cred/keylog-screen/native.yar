// The folder of input devices, a table of the letters in the order of the keyboard's rows, and what sends. Remappers give the
// keys on through /dev/uinput; readers of bar codes have tables of their own, and are sold as what they are.
rule keylog_device_table_sent {
  meta:
    id = "keylog-device-table-sent"
    severity = "high"
    confidence = "likely"
    description = "Small program reads input devices, turns keys into letters and sends"
    reference = "https://attack.mitre.org/techniques/T1056/001/"
    date = "2026-11-28"
  strings:
    $d = "/dev/input"
    $t1 = /qwertyuiop[^a-z]{1,6}asdfghjkl/ nocase
    $t2 = /qwertyuiop\[\][^a-z]{1,40}asdfghjkl/ nocase
    $k1 = /[\[<](L|LEFT_?)SHIFT[\]>]\x00/ nocase
    $k2 = /[\[<](ENTER|RETURN)[\]>]\x00/ nocase
    $k3 = /[\[<](BACKSPACE|BKSP)[\]>]\x00/ nocase
    $n1 = "connect" fullword
    $n2 = "sendto" fullword
    $n3 = "curl_easy_perform" fullword
    $u = "/dev/uinput"
    $h = /\x00?[Uu]sage: /
  condition:
    uint32(0) == 0x464c457f and filesize < 1MB and $d and (any of ($t*) or 2 of ($k*)) and any of ($n*) and not $u and not $h
}

// Shell, PowerShell, AppleScript or web-address text that only appears after XOR with a constant. Two different hits are asked for
// unless the text is a whole command.
rule strings_encrypted_xor_commands {
  meta:
    id = "strings-encrypted-xor-commands"
    severity = "high"
    confidence = "likely"
    description = "Command or address text hidden under a one-byte XOR"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-11-23"
  strings:
    $a1 = "/bin/bash -c" xor(0x01-0xff)
    $a2 = "/etc/ld.so.preload" xor(0x01-0xff)
    $a3 = "powershell -" xor(0x01-0xff)
    $a4 = "osascript -e" xor(0x01-0xff)
    $a5 = "cmd.exe /c " xor(0x01-0xff)
    $a6 = "/dev/tcp/" xor(0x01-0xff)
    $b1 = "https://" xor(0x01-0xff)
    $b2 = "User-Agent:" xor(0x01-0xff)
    $b3 = "Mozilla/5.0" xor(0x01-0xff)
    $b4 = ".ssh/id_rsa" xor(0x01-0xff)
    $b5 = "/bin/sh -c" xor(0x01-0xff)
    $b6 = "curl -s " xor(0x01-0xff)
    $b7 = "Login Data" xor(0x01-0xff)
    $b8 = "curl -sS" xor(0x01-0xff)
    $b9 = "curl -sL" xor(0x01-0xff)
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and ( any of ($a*) or 2 of ($b*) )
}

// Text such as osascript -e, /bin/sh -c or killall Terminal in base64 or hex digits; ordinary programs keep their commands readable.
rule strings_encrypted_coded_commands {
  meta:
    id = "strings-encrypted-coded-commands"
    severity = "high"
    confidence = "likely"
    description = "Shell or AppleScript commands stored as base64 or hex inside a compiled program"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-11-23"
  strings:
    $a1 = "osascript -e" base64
    $a2 = "/bin/bash -c" base64
    $a3 = "curl -s http" base64
    $a4 = "bash -i >& /dev/tcp" base64
    $a5 = "chmod +x /tmp" base64
    $a6 = "display dialog" base64
    $a7 = "killall Terminal" base64
    $a8 = "powershell -" base64
    $a9 = "/etc/ld.so.preload" base64
    $h1 = "6f7361736372697074" nocase
    $h2 = "2f62696e2f62617368" nocase
    $h3 = "646973706c6179206469616c6f67" nocase
    $h4 = "68747470733a2f2f" nocase
    $h5 = "706b696c6c205465726d696e616c" nocase
    $h6 = "706f7765727368656c6c" nocase
    $h7 = "6b696c6c616c6c" nocase
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and filesize < 20MB and ( any of ($a*) or any of ($h1, $h2, $h3, $h5, $h6) or 2 of ($h*) )
}

// A tool that imports system() or popen(), has no Objective-C and few other functions, and carries a private or base32 alphabet or
// its decoder message: the AppleScript stealer shape. Honest C++ tools of that size show their texts.
rule strings_encrypted_macos_launcher {
  meta:
    id = "strings-encrypted-macos-launcher"
    severity = "high"
    confidence = "likely"
    description = "Small Mac program with nothing readable but a decoder alphabet and the system call"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-11-23"
  strings:
    $sys1 = "_system" fullword
    $sys2 = "_popen" fullword
    $sys3 = "_posix_spawn" fullword
    $al1 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    $al2 = "Invalid Base32 character"
    $al5 = "Invalid hex"
    $objc = "_objc_msgSend"
    $pr = "_printf" fullword
    $us = "usage" nocase
    $bs = "basic_string"
  condition:
    (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20)) and filesize < 600KB and any of ($sys*) and any of ($al1, $al2, $al5) and $bs and not any of ($objc, $us, $pr)
}

// Telling Terminal to close or hide its window is part of fake installers started by hand.
rule strings_encrypted_terminal_hide {
  meta:
    id = "strings-encrypted-terminal-hide"
    severity = "high"
    confidence = "likely"
    description = "Mac program hides or closes the Terminal window that started it"
    reference = "https://attack.mitre.org/techniques/T1564/003/"
    date = "2026-11-23"
  strings:
    $a = /tell application \\?"Terminal\\?" to (close|set visible|quit)/
    $b = /tell application \\?"System Events\\?" to set visible of [^\x00\n]{0,40}Terminal[^\x00\n]{0,20}to false/
    $c = /(disown|killall|pkill)[^\x00\n]{0,12} Terminal\b/
  condition:
    (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20)) and any of them
}

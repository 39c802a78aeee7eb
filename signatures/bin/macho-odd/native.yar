// xattr -c/-d quarantine plus chmod or open on a temporary path as command literals in a compiled program. Package managers do it
// from scripts with their own cask paths.
rule macho_odd_quarantine_run {
  meta:
    id = "macho-odd-quarantine-run"
    severity = "high"
    confidence = "likely"
    description = "Mac program strips the quarantine mark and makes the file executable"
    reference = "https://attack.mitre.org/techniques/T1553/001/"
    date = "2026-11-23"
  strings:
    $x = /xattr [^\x00\n]{0,20}-(c|rc|cr|d|rd|dr)[^\x00\n]{0,100}/
    $t = /(\/tmp\/|\/var\/tmp\/|\$TMPDIR|\/Users\/Shared\/|%s)/
    $c = /chmod (-R )?(\+x|[0-7]{3,4}) /
    $brew = "Caskroom"
  condition:
    (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20)) and filesize < 8MB and $x and for any i in (1..20) : ( $t in (@x[i]..@x[i]+200) and $c in (@x[i]-300..@x[i]+300) ) and not $brew
}

// Debuggers and plug-in hosts need some of these; all three together make injection possible.
rule macho_odd_entitlements {
  meta:
    id = "macho-odd-entitlements"
    severity = "low"
    confidence = "hint"
    description = "Mac program is signed with all library-loading protections off"
    reference = "https://attack.mitre.org/techniques/T1574/006/"
    date = "2026-11-23"
  strings:
    $a = "com.apple.security.cs.disable-library-validation"
    $b = "com.apple.security.cs.allow-dyld-environment-variables"
    $c = "com.apple.security.get-task-allow"
  condition:
    (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20)) and all of them
}

// A chmod literal for a file under /tmp or /var/tmp with AppleScript or a background start in one program.
rule macho_odd_tmp_run {
  meta:
    id = "macho-odd-tmp-run"
    severity = "high"
    confidence = "likely"
    description = "Mac program makes a file in a temporary directory executable and starts it"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-23"
  strings:
    $c = /chmod (-R )?(\+x|[0-7]{3,4}) (\/private)?\/(var\/)?tmp\//
    $c2 = "chmod +x "
    $o = "osascript -e"
    $n = "nohup "
    $s = "_system" fullword
    $t = "/var/tmp"
    $t2 = "/tmp/"
  condition:
    (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20)) and filesize < 4MB and $s and ( ($c and any of ($o, $n)) or ($c2 and $o and any of ($t, $t2)) )
}

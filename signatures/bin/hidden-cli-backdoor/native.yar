// Address-translation commands with format placeholders, raw sockets and a shell in one small program: magic-packet backdoors.
// Firewall front ends use iptables too but carry no shell with terminal set-up.
rule hidden_cli_backdoor_packet_shell {
  meta:
    id = "hidden-cli-backdoor-packet-shell"
    severity = "high"
    confidence = "likely"
    description = "Packet-filter listener that redirects ports and opens a shell"
    reference = "https://attack.mitre.org/techniques/T1205/002/"
    date = "2026-11-23"
  strings:
    $i1 = /iptables[^\x00\n]{0,60}-s %s[^\x00\n]{0,60}--dport %[du]/
    $i2 = /iptables[^\x00\n]{0,80}(--dport|--sport) %[du][^\x00\n]{0,40}REDIRECT/
    $i3 = /iptables -[ADI] INPUT [^\x00\n]{0,40}-s %s[^\x00\n]{0,20}-j ACCEPT/
    $s = /\/bin\/(ba)?sh/
    $r1 = "setsockopt" fullword
    $r2 = "recvfrom" fullword
    $r3 = "pcap_"
  condition:
    uint32(0) == 0x464c457f and filesize < 1MB and any of ($i*) and $s and any of ($r*)
}

// A constant BPF program (load, compare with IPv4, compare with a 16/32-bit magic) in a small file that also runs a shell or
// sets its name. DHCP clients and ping have constant filters but start no shell.
rule hidden_cli_backdoor_packet_filter {
  meta:
    id = "hidden-cli-backdoor-packet-filter"
    severity = "high"
    confidence = "likely"
    description = "Compiled-in packet filter tests a magic value before a shell is started"
    reference = "https://attack.mitre.org/techniques/T1205/002/"
    date = "2026-11-23"
  strings:
    $f1 = { 28 00 00 00 0C 00 00 00 15 00 ?? ?? (00 08 | DD 86) 00 00 }
    $f2 = { 30 00 00 00 (17|14|09) 00 00 00 15 00 ?? ?? (01|06|11|84) 00 00 00 }
    $m1 = { 15 00 (00|01) ?? (93 52|55 72|70 71|BE BA|EF BE|AD DE|37 13) 00 00 }
    $m2 = { 15 00 (00|01) ?? (39 39 39 39|EF BE AD DE|BE BA FE CA|78 56 34 12) }
    $s = /\/bin\/(ba)?sh/
    $e = /\x00exec(ve|v|l|le|vp|lp)\x00/
    $so = "setsockopt" fullword
  condition:
    uint32(0) == 0x464c457f and filesize < 400KB and any of ($f*) and ( any of ($m*) or ($s and $e and $so) ) and ($s or $so)
}

// The author's own words inside a compiled program. Vulnerability scanners use them in plug-in text; size and the nearby shell
// or login literal keep those out.
rule hidden_cli_backdoor_words {
  meta:
    id = "hidden-cli-backdoor-words"
    severity = "high"
    confidence = "likely"
    description = "Program names a backdoor, magic password or knock beside a shell or login path"
    reference = "https://attack.mitre.org/techniques/T1205/"
    date = "2026-11-23"
  strings:
    $a = /[^a-z]((magic|backdoor|secret|bd|rootkit)[ _-]?(password|passwd|pass|packet|knock|login|shell|port|user)|master[ _-]?(password|passwd|pass|knock|login|shell))\x00/ nocase
    $b = /\x00(backdoor|rootkit|bd_|rk_)_?(init|start|main|shell|accept|auth|connect|thread|loop|login|pass|user)[a-z_]{0,12}\x00/ nocase
    $s1 = /\x00\/bin\/(ba)?sh\x00/
    $s2 = "/etc/shadow"
    $s3 = "pam_sm_authenticate"
    $s4 = "cmd.exe" nocase
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and filesize < 2MB and any of ($a, $b) and any of ($s*)
}

// A literal such as [kworker/0:1] in a program that also changes its name or detaches. ps-like tools print brackets with formats.
rule hidden_cli_backdoor_kernel_thread_name {
  meta:
    id = "hidden-cli-backdoor-kernel-thread-name"
    severity = "medium"
    confidence = "likely"
    description = "User program carries a kernel-thread name to show in process lists"
    reference = "https://attack.mitre.org/techniques/T1036/004/"
    date = "2026-11-23"
  strings:
    $k = /\x00\[?(kworker|ksoftirqd|kthreadd|khelper|watchdogd|migration|rcu_sched|kswapd0|jbd2|scsi_eh)\/?[0-9a-z:_.-]{0,8}\]\x00/
    $u = /\x00(\/usr\/sbin\/|\/sbin\/|\/usr\/lib\/systemd\/)?(systemd-(journald|logind|udevd|resolved)|dbus-daemon|crond|sshd: [a-z\[%]{1,12}|udevd|auditd|agetty|rsyslogd|qmgr -l|p\Bickup -l)[^\x00]{0,30}\x00/
    $p = "prctl" fullword
    $t = "setproctitle"
    $f = "fork" fullword
    $d = "daemon" fullword
  condition:
    uint32(0) == 0x464c457f and filesize < 500KB and any of ($p, $t, $f, $d) and ( $k or #u >= 4 )
}

// A library that answers readdir itself, looks up the real one and carries the preload path or tables of hidden
// names/ports is the shape of userland rootkits. fakeroot, libeatmydata, torsocks and sanitizers hook too, but do not
// carry /etc/ld.so.preload or /proc/net/tcp next to the hooked names; libc itself is excluded by its private version tag.
rule preload_hook_readdir_hide {
  meta:
    id = "preload-hook-readdir-hide"
    severity = "high"
    confidence = "likely"
    description = "Shared object wraps directory reading through dlsym and knows the preload file or hidden-entry words"
    reference = "https://attack.mitre.org/techniques/T1574/006/"
    date = "2026-11-23"
  strings:
    $dlsym = "dlsym" fullword
    $rd = "readdir" fullword
    $rd64 = "readdir64" fullword
    $pre = "/etc/ld.so.preload"
    $tcp = "/proc/net/tcp"
    $fd = "/proc/self/fd/%d"
    $h1 = /hid(e|den)_(me|file|files|dir|pid|proc|port|ports|path|name|string|prefix|xattr|gid|uid)/
    $h2 = "MAGIC_GID"
    $h3 = "HIDE_THIS"
    $h4 = "is_invisible"
    $o1 = "fopen" fullword
    $o2 = "lstat" fullword
    $o3 = "__xstat" fullword
    $o4 = "unlink" fullword
    $o5 = "rmdir" fullword
    $o6 = "execve" fullword
    $o7 = "openat" fullword
    $o8 = "stat" fullword
    $o9 = "access" fullword
    $priv = "GLIBC_PRIVATE"
  condition:
    uint32(0) == 0x464c457f and filesize < 1500KB and $dlsym and any of ($rd, $rd64) and 2 of ($o*) and not $priv
    and ( ($pre and any of ($tcp, $fd, $h*)) or ($tcp and any of ($fd, $h*)) or 2 of ($h*) )
}

// Only the dynamic loader reads this file; a program that echoes or copies into it makes every process load its library.
// Look-alikes: jemalloc and Raspberry Pi set-up scripts comment lines out with sed and are not binaries.
rule preload_hook_writes_preload {
  meta:
    id = "preload-hook-writes-preload"
    severity = "high"
    confidence = "likely"
    description = "Program carries a command or format string that writes /etc/ld.so.preload"
    reference = "https://attack.mitre.org/techniques/T1574/006/"
    date = "2026-11-23"
  strings:
    $w1 = /(echo|printf)[^\x00\n]{1,120}>{1,2} ?\/etc\/ld\.so\.preload/
    $w2 = /(chattr [+-]ia? ?|touch |cp [^\x00\n]{1,60})\/etc\/ld\.so\.preload/
    $w3 = "/etc/ld.so.preload" fullword
    $u1 = ".backup_ld.so"
    $u2 = /(insmod|rm -rf|chattr|cp -p) %s/
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and ( any of ($w1, $w2) or ($w3 and $u1) or (filesize < 200KB and $w3 and $u2) )
}

// pam_authenticate, pam_get_item or SSL_write wrapped through dlsym plus a user/password log format is credential capture.
// Look-alikes: pam modules do not call dlsym for pam_ functions; strace-like tools do not format passwords.
rule preload_hook_cred_capture {
  meta:
    id = "preload-hook-cred-capture"
    severity = "high"
    confidence = "likely"
    description = "Hook library resolves real login functions and formats captured credentials"
    reference = "https://attack.mitre.org/techniques/T1556/003/"
    date = "2026-11-23"
  strings:
    $dlsym = "dlsym" fullword
    $p1 = "pam_authenticate" fullword
    $p2 = "pam_get_item" fullword
    $p3 = "pam_prompt" fullword
    $p4 = "pam_vprompt" fullword
    $p5 = "pam_set_item" fullword
    $f1 = /(user(name)?|login|usr|id)[ =:]{0,3}%s[^\x00]{0,24}(pass(word|wd)?|pwd?)[ =:]{0,3}%s/ nocase
    $f2 = /%s[^\x00%]{0,6}(pass(word|wd)?|pwd)[ =:]{1,3}%s/ nocase
  condition:
    uint32(0) == 0x464c457f and filesize < 2MB and $dlsym and any of ($p*) and any of ($f*)
}

// A wrapped accept plus dup2, exec and a shell path in a small library gives a shell on a magic client. socat-like
// programs are executables, not libraries without an interpreter line; expect/pty helpers do not look up accept.
rule preload_hook_accept_shell {
  meta:
    id = "preload-hook-accept-shell"
    severity = "medium"
    confidence = "likely"
    description = "Hook library wraps accept or read through dlsym and can hand the connection to a shell"
    reference = "https://attack.mitre.org/techniques/T1205/"
    date = "2026-11-23"
  strings:
    $dlsym = "dlsym" fullword
    $a1 = "accept" fullword
    $a2 = "accept4" fullword
    $dup = "dup2" fullword
    $e1 = "execl" fullword
    $e2 = "execve" fullword
    $e3 = "execv" fullword
    $e4 = "execlp" fullword
    $sh = /\/bin\/(ba)?sh\x00/
    $interp = "/ld-linux"
    $main = "__libc_start_main"
  condition:
    uint32(0) == 0x464c457f and filesize < 300KB and $dlsym and any of ($a*) and $dup and any of ($e*) and $sh and not $main and not $interp
}

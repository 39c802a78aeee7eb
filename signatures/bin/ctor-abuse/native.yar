// A gconv module converts text; setuid/setgid and a shell inside gconv_init is local privilege escalation.
// glibc's own modules have neither setuid nor exec.
rule ctor_abuse_gconv_root_shell {
  meta:
    id = "ctor-abuse-gconv-root-shell"
    severity = "high"
    confidence = "likely"
    description = "Character-set module that raises its ids and starts a shell"
    reference = "https://nvd.nist.gov/vuln/detail/CVE-2021-4034"
    date = "2026-11-23"
  strings:
    $g = "gconv_init" fullword
    $g0 = "gconv" fullword
    $s1 = "setuid" fullword
    $s2 = "setgid" fullword
    $s3 = "setresuid" fullword
    $e1 = /exec(ve|v|l|le|vp)\x00/
    $e2 = "system" fullword
    $sh = /\/bin\/(ba)?sh/
  condition:
    uint32(0) == 0x464c457f and filesize < 200KB and any of ($g*) and any of ($s*) and any of ($e*) and $sh
}

// Constructors run on load; a library of a few kB with connect, exec and a shell path has no ordinary reason for it.
// Programs carry __libc_start_main or an interpreter and are left out; libexpect and utempter do not connect.
rule ctor_abuse_library_shell_net {
  meta:
    id = "ctor-abuse-library-shell-net"
    severity = "medium"
    confidence = "likely"
    description = "Small shared library without a program entry opens a connection and runs a shell"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $c = "connect" fullword
    $s = "socket" fullword
    $e1 = /exec(ve|v|l|le|vp|lp)\x00/
    $e2 = "system" fullword
    $e3 = "popen" fullword
    $sh = /\/bin\/(ba)?sh/
    $main = "__libc_start_main"
    $ld = "/ld-linux"
    $musl = "/ld-musl"
  condition:
    uint32(0) == 0x464c457f and uint16(16) == 3 and filesize < 60KB and $c and $s and any of ($e*) and $sh and not any of ($main, $ld, $musl)
}

// An extension exports PyInit_ and does arithmetic or wraps a library; curl/wget piped to a shell or powershell download
// strings inside it are a loader. pip/conda helpers keep such text in Python, not in the compiled module.
rule ctor_abuse_python_ext_command {
  meta:
    id = "ctor-abuse-python-ext-command"
    severity = "high"
    confidence = "likely"
    description = "Python extension module carries a download-and-run command line"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-23"
  strings:
    $p = /PyInit_[a-z_]/
    $c1 = /(curl|wget) [^\x00\n]{0,120}https?:\/\/[^\x00\n]{4,120}\| ?(ba|z|da)?sh/
    $c2 = /(curl|wget) [^\x00\n]{0,160}&& ?chmod \+?[0-7x]{1,4} /
    $c3 = /powershell[^\x00\n]{0,80}(DownloadString|DownloadFile|-enc |-EncodedCommand|Invoke-WebRequest|iwr )/ nocase
    $c4 = /(certutil[^\x00\n]{0,30}-urlcache|mshta https?:|bitsadmin \/transfer)/ nocase
    $c5 = /bash -i >& ?\/dev\/tcp\//
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and filesize < 8MB and $p and any of ($c*)
}

// A module that resolves hidden kernel symbols or places kprobes and names the functions behind ls, ps and netstat. Tracing
// products (falco, sysdig) use tracepoints and raw syscalls, not tcp4_seq_show or filldir.
rule rootkit_kmod_hooks {
  meta:
    id = "rootkit-kmod-hooks"
    severity = "high"
    confidence = "likely"
    description = "Kernel module hooks directory, process or connection listing"
    reference = "https://attack.mitre.org/techniques/T1014/"
    date = "2026-11-23"
  strings:
    $m1 = "vermagic="
    $m2 = "init_module" fullword
    $k1 = "kallsyms_lookup_name" fullword
    $k2 = "register_kprobe" fullword
    $k3 = "sys_call_table"
    $k4 = "register_ftrace_function" fullword
    $k5 = "ftrace_set_filter_ip" fullword
    $k6 = "set_memory_rw"
    $h1 = "tcp4_seq_show"
    $h2 = "tcp6_seq_show"
    $h3 = "udp4_seq_show"
    $h4 = "filldir64"
    $h5 = "find_task_by_vpid"
    $h6 = "next_tgid"
    $h7 = "getdents64"
    $h8 = "packet_rcv"
    $h9 = "fillonedir"
    $f = "falco"
  condition:
    uint32(0) == 0x464c457f and uint16(16) == 1 and any of ($m*) and any of ($k*) and 2 of ($h*) and not $f
}

// The author's own names in the symbol table.
rule rootkit_kmod_names {
  meta:
    id = "rootkit-kmod-names"
    severity = "high"
    confidence = "likely"
    description = "Kernel module has functions named for hiding itself, processes or ports"
    reference = "https://attack.mitre.org/techniques/T1014/"
    date = "2026-11-23"
  strings:
    $m1 = "vermagic="
    $m2 = "init_module" fullword
    $n = /\x00_?(k?hook_|un)?(hide|hidden|hid\Bing|invisible|is_invisible)_?(module|proc|process|pid|port|ports|file|files|dir|tcp|udp|tcp4|conn|tcp_conn|self|myself|me|lkm|chdirs|content|name)(_list|_conn)?\x00/
    $r = /\x00give_root\x00|\x00set_root\x00|\x00become_root\x00|\x00grant_root\x00|\x00root_me\x00|\x00get_root\x00|\x00escalate\x00/
  condition:
    uint32(0) == 0x464c457f and any of ($m*) and (#n >= 2 or ($n and $r))
}

// insmod with a placeholder beside a start-up file. Driver installers do it as well, from scripts and with their vendor's path.
rule rootkit_kmod_loader {
  meta:
    id = "rootkit-kmod-loader"
    severity = "medium"
    confidence = "likely"
    description = "User program writes a kernel module and loads it at every start"
    reference = "https://attack.mitre.org/techniques/T1547/006/"
    date = "2026-11-23"
  strings:
    $i = /(\/sbin\/)?insmod %s/
    $i2 = "finit_module" fullword
    $r1 = "/etc/rc.modules"
    $r2 = "/etc/rc.local"
    $r3 = "/etc/modules"
    $r4 = /insmod %s *>+ ?\/dev\/null/
    $r5 = "rootkit" nocase
    $r6 = /\/proc\/\.[a-z]/
    $r7 = "/etc/init.d/"
  condition:
    uint32(0) == 0x464c457f and filesize < 3MB and uint16(16) != 1 and any of ($i*) and any of ($r*)
}

// bpf_probe_write_user with getdents64 or proc listing is a hiding program; observers only read.
rule rootkit_kmod_bpf {
  meta:
    id = "rootkit-kmod-bpf"
    severity = "high"
    confidence = "likely"
    description = "eBPF object rewrites user memory in directory or socket listing calls"
    reference = "https://attack.mitre.org/techniques/T1014/"
    date = "2026-11-23"
  strings:
    $w = /bpf_(probe_write_user|override_return)/
    $g = /getdents64|tcp4_seq_show|(sys_enter|sys_exit)_(getdents64|read|openat|bpf)/
    $h = /(hide|hidden|pid_to_hide|magic_packet|rootkit|backdoor)/
    $l = "libbpf"
  condition:
    uint32(0) == 0x464c457f and filesize < 2MB and ($w or uint16(18) == 247) and $g and $h and not $l
}

// Loads a module by a command line that it builds, enters it where the system starts things, and kills or deletes what is in the
// way: the installer of a rootkit. Module tools load, and do not kill; init systems do not build insmod lines.
rule rootkit_kmod_installer {
  meta:
    id = "rootkit-kmod-installer"
    severity = "high"
    confidence = "likely"
    description = "Program loads a kernel module, enters it into the boot files and removes traces"
    reference = "https://attack.mitre.org/techniques/T1547/006/"
    date = "2026-11-26"
  strings:
    $load = /(\/sbin\/)?insmod %s/
    $boot1 = "/etc/rc.modules"
    $boot2 = "/etc/rc.local"
    $boot3 = "/etc/rc.d/"
    $boot4 = "/etc/modules-load.d/"
    $kill1 = /xargs kill( -9)?/
    $kill2 = "pidof)"
    $kill3 = "pkill -9"
    $away1 = /rm -r?fr? %s/
    $away2 = "rm -fr /etc/rc"
    $away3 = "rm -rf /etc/rc"
  condition:
    uint32(0) == 0x464c457f and filesize < 3MB and $load and any of ($boot*) and any of ($kill*) and any of ($away*)
}

// A program for the kernel's virtual machine at the exit of the call that lists folders, which writes into the memory of
// the asking process: entries are taken out of the answer. Tracing tools watch calls and write nothing.
rule rootkit_kmod_listing_probe {
  meta:
    id = "rootkit-kmod-listing-probe"
    severity = "high"
    confidence = "likely"
    description = "Kernel probe at the listing of folders writes into the answer"
    reference = "https://attack.mitre.org/techniques/T1014/"
    date = "2026-11-27"
  strings:
    $g = /sys_(enter|exit)_getdents(64)?\b/
    $w1 = "bpf_probe_write_user"
    $w2 = "bpf_override_return"
    $w3 = { 85 00 00 00 24 00 00 00 }
  condition:
    uint32(0) == 0x464c457f and filesize < 4MB and $g and any of ($w*)
}

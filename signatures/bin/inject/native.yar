// Debuggers, crash handlers and overlays import them as well, so alone it is only a strong hint; names must lie in one table.
rule inject_win_remote_thread {
  meta:
    id = "inject-win-remote-thread"
    severity = "medium"
    confidence = "likely"
    description = "Imports the memory-write and remote-thread functions together"
    reference = "https://attack.mitre.org/techniques/T1055/002/"
    date = "2026-11-23"
  strings:
    $a = "WriteProcessMemory" fullword
    $b1 = "CreateRemoteThread" fullword
    $b2 = "NtCreateThreadEx" fullword
    $b3 = "RtlCreateUserThread" fullword
    $b4 = "CreateRemoteThreadEx" fullword
    $c = "VirtualAllocEx" fullword
  condition:
    uint16(0) == 0x5a4d and filesize < 6MB and $a and $a and for any i in (1..8) : ( any of ($b*) in (@a[i]-3000..@a[i]+3000) and $c in (@a[i]-3000..@a[i]+3000) )
}

// Unmapping a section of another process, writing into it and setting its context is process hollowing; debuggers set
// contexts but do not unmap images. ntdll itself is larger and exports thousands of names.
rule inject_win_hollowing {
  meta:
    id = "inject-win-hollowing"
    severity = "high"
    confidence = "likely"
    description = "Imports the functions that empty another process and set its thread context"
    reference = "https://attack.mitre.org/techniques/T1055/012/"
    date = "2026-11-23"
  strings:
    $u = /(Nt|Zw)UnmapViewOfSection\x00/
    $w = /(WriteProcessMemory|(Nt|Zw)WriteVirtualMemory)\x00/
    $c = /((Wow64)?SetThreadContext|(Nt|Zw)SetContextThread)\x00/
    $r = /(ResumeThread|(Nt|Zw)ResumeThread)\x00/
  condition:
    uint16(0) == 0x5a4d and filesize < 2MB and $u and for any i in (1..6) : ( $w in (@u[i]-4000..@u[i]+4000) and $c in (@u[i]-4000..@u[i]+4000) and $r in (@u[i]-4000..@u[i]+4000) )
}

// Remote writing functions plus explorer.exe, svchost.exe or a browser as a literal and no debugger words. Game mods name
// their own game; security products are signed and large.
rule inject_win_target_process {
  meta:
    id = "inject-win-target-process"
    severity = "high"
    confidence = "likely"
    description = "Injection functions stand beside the name of a victim process"
    reference = "https://attack.mitre.org/techniques/T1055/"
    date = "2026-11-23"
  strings:
    $a = "WriteProcessMemory" fullword
    $b = /(CreateRemoteThread|NtCreateThreadEx|QueueUserAPC|NtQueueApcThread|SetThreadContext|RtlCreateUserThread)\x00/
    $c = /(VirtualAllocEx|NtMapViewOfSection|NtAllocateVirtualMemory)\x00/
    $v = /\x00(C:\\Windows\\(System32|SysWOW64)\\)?(explorer|svchost|notepad|RegAsm|RegSvcs|MSBuild|InstallUtil|dllhost|werfault|msedge|chrome|firefox|lsass|winlogon|rundll32|spoolsv|conhost)\.exe\x00/ nocase
    $vw = /(explorer|svchost|notepad|RegAsm|RegSvcs|MSBuild|dllhost|werfault|lsass|winlogon|spoolsv)\.exe/ wide nocase
  condition:
    uint16(0) == 0x5a4d and filesize < 1MB and $a and $b and $c and any of ($v*)
}

// memfd_create with fexecve/execveat or /proc/self/fd plus socket input in a small file is fileless loading. runc, systemd
// and flatpak use memfd_create in big programs without the receive part.
rule inject_elf_memfd_exec {
  meta:
    id = "inject-elf-memfd-exec"
    severity = "high"
    confidence = "likely"
    description = "Small program receives data and executes it from an anonymous memory file"
    reference = "https://attack.mitre.org/techniques/T1620/"
    date = "2026-11-23"
  strings:
    $m = "memfd_create" fullword
    $x1 = "fexecve" fullword
    $x2 = "execveat" fullword
    $x3 = /\/proc\/(self|%d|%i|%u|%ld)\/fd\/%(d|i|u|ld)\x00/
    $e1 = "execve" fullword
    $e2 = "execv" fullword
    $e3 = "execl" fullword
    $n1 = "recv" fullword
    $n2 = "connect" fullword
    $n3 = "curl_easy_perform"
    $n4 = /https?:\/\/[^\x00]{6,80}/
    $q1 = "rc4" nocase fullword
    $q2 = "inflate" fullword
    $q3 = "decrypt" nocase
    $sys = "libsystemd"
    $tab = "io_submit" fullword
  condition:
    uint32(0) == 0x464c457f and filesize < 600KB and $m and not $sys and not $tab and ( $x1 or $x2 or ($x3 and any of ($e*)) ) and ( any of ($n*) or any of ($q*) )
}

// ptrace, another process's maps and the hidden loader name give library injection. Honest users: frida, debuggers, some
// profilers, all of which are sold as such.
rule inject_elf_ptrace_dlopen {
  meta:
    id = "inject-elf-ptrace-dlopen"
    severity = "medium"
    confidence = "likely"
    description = "Program attaches to a process and makes it load a library"
    reference = "https://attack.mitre.org/techniques/T1055/008/"
    date = "2026-11-23"
  strings:
    $p = "ptrace" fullword
    $m = /\/proc\/%[dui]\/maps/
    $d1 = "__libc_dlopen_mode"
    $d2 = /(inject|libinject)[a-z_]{0,20}\x00/
    $poke = /PTRACE_POKE(TEXT|DATA)|process_vm_writev/
  condition:
    uint32(0) == 0x464c457f and filesize < 1MB and $p and $m and any of ($d*) and $poke
}

// Program text holds a /proc/N/mem format and a victim such as the display manager, keyring, sshd or a CI runner. Debuggers
// read memory but name no victim.
rule inject_elf_memory_scrape {
  meta:
    id = "inject-elf-memory-scrape"
    severity = "high"
    confidence = "likely"
    description = "Reads other processes memory and names login or CI processes as targets"
    reference = "https://attack.mitre.org/techniques/T1003/007/"
    date = "2026-11-23"
  strings:
    $m = /\/proc\/(%[dsuil]{1,2}|\{\}|self\/task\/%d)\/mem\x00/
    $v1 = "gdm-password"
    $v2 = "gnome-keyring-daemon"
    $v3 = "Runner.Worker"
    $v4 = "sshd:"
    $v5 = "lightdm" fullword
    $v6 = "vsftpd" fullword
    $v7 = "ssh-agent" fullword
    $v8 = "\"isSecret\":true"
    $v9 = "libgck-1.so"
    $g = "gdbserver"
  condition:
    (uint32(0) == 0x464c457f or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and filesize < 8MB and $m and any of ($v*) and not $g
}

// Debuggers and frida need the same calls; anything else asking for them deserves a look.
rule inject_macho_task_port {
  meta:
    id = "inject-macho-task-port"
    severity = "medium"
    confidence = "likely"
    description = "Program takes another task port, writes its memory and starts a thread there"
    reference = "https://attack.mitre.org/techniques/T1055/"
    date = "2026-11-23"
  strings:
    $t = "_task_for_pid" fullword
    $w = "_mach_vm_write" fullword
    $c = /_thread_create(_running)?\x00/
  condition:
    (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20)) and filesize < 8MB and all of them
}

// The export sits directly behind the module name in the export table; scanners that merely know the word do not have it there.
rule inject_reflective_loader {
  meta:
    id = "inject-reflective-loader"
    severity = "high"
    confidence = "likely"
    description = "Library exports a reflective loader entry"
    reference = "https://attack.mitre.org/techniques/T1620/"
    date = "2026-11-23"
  strings:
    $a = /\.(dll|exe|x64|x86)[a-z.]{0,5}\x00[^\x00]{0,40}\x00?\??_?ReflectiveLoader(@4|@@YGKPAX@Z|@@YA_KPEAX@Z)?\x00/
    $b = /\x00\??ReflectiveLoader@@Y[GA][_K]?KPE?AX@Z\x00/
  condition:
    uint16(0) == 0x5a4d and any of them
}

// The function that writes a process's memory to a file, beside the name of the process that keeps everybody's passwords.
// Tools that dump any process are told which by their user.
rule inject_win_dumps_logins {
  meta:
    id = "inject-win-dumps-logins"
    severity = "high"
    confidence = "likely"
    description = "Program dumps memory and names the process that holds passwords"
    reference = "https://attack.mitre.org/techniques/T1003/001/"
    date = "2026-11-27"
  strings:
    $d = "MiniDumpWriteDump"
    $l = /\x00lsass(\.exe)?\x00/ nocase
    $lw = "lsass.exe" wide nocase
  condition:
    uint16(0) == 0x5a4d and filesize < 2MB and $d and any of ($l, $lw)
}

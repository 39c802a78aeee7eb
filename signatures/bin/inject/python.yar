// VirtualAlloc with PAGE_EXECUTE_READWRITE, a copy and a thread or call within one block runs raw machine code. Look-alikes:
// JIT experiments (peachpy) cast to a function type and do not start Windows threads.
rule inject_py_ctypes_shellcode {
  meta:
    id = "inject-py-ctypes-shellcode"
    severity = "high"
    confidence = "likely"
    description = "Python allocates executable memory through ctypes and starts it as a thread"
    reference = "https://attack.mitre.org/techniques/T1055/"
    date = "2026-11-23"
  strings:
    $a = /Virtual(Alloc|AllocEx|Protect)\b/
    $c1 = "RtlMoveMemory"
    $c2 = "WriteProcessMemory"
    $c3 = "memmove"
    $t1 = "CreateThread"
    $t2 = "CreateRemoteThread"
    $t3 = "QueueUserAPC"
    $t4 = "EnumWindows"
    $t5 = "EnumSystemLocales"
    $k = /ctypes|windll|kernel32/
    $e = /(,\s*0x40\s*\)|0x40\b|PAGE_EXECUTE_READWRITE)/
  condition:
    filesize < 300KB and $k and $e and $a and for any i in (1..30) : ( any of ($c*) in (@a[i]..@a[i]+1500) and any of ($t*) in (@a[i]..@a[i]+2500) )
}

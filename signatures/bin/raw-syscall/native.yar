// Compares function starts with the stub bytes (Hell's Gate and clones) or carries their helper names; used to slip past
// user-mode monitoring.
rule raw_syscall_ssn_lookup {
  meta:
    id = "raw-syscall-ssn-lookup"
    severity = "high"
    confidence = "likely"
    description = "Code looks for system-call stubs inside ntdll to call them directly"
    reference = "https://attack.mitre.org/techniques/T1106/"
    date = "2026-11-23"
  strings:
    $c1 = { (81 38|81 39|81 3A|81 3B|81 3E|81 3F|3D) 4C 8B D1 B8 }
    $c2 = { 80 (38|39|3A|3B|78|79|7A) 4C 75 ?? 80 (78|79|7A|7B) 01 8B 75 ?? 80 (78|79|7A|7B) 02 D1 }
    $c3 = { 80 (38|39|3A|3B) 4C 0F 85 [4-12] 80 (78|79|7A|7B) 01 8B }
    $c4 = { 80 (78|79|7A|7B|7E|7F) 01 8B [2-6] 80 (78|79|7A|7B|7E|7F) 02 D1 [2-6] 80 (78|79|7A|7B|7E|7F) 03 B8 }
    $n1 = "SW3_GetSyscallNumber"
    $n2 = "SW2_GetSyscallNumber"
    $n3 = "HellsGate" fullword
    $n4 = "HellDescent" fullword
    $n5 = "HalosGate"
    $n6 = "SysWhispers"
  condition:
    uint16(0) == 0x5a4d and any of them
}

// Several mov r10,rcx / mov eax,N / syscall stubs in a program that is not ntdll. Go and wine builds reach the kernel through
// ntdll on Windows; anti-cheat drivers are the main look-alike.
rule raw_syscall_direct_stubs {
  meta:
    id = "raw-syscall-direct-stubs"
    severity = "high"
    confidence = "likely"
    description = "Program outside ntdll has its own direct system-call stubs with memory function names"
    reference = "https://attack.mitre.org/techniques/T1106/"
    date = "2026-11-23"
  strings:
    $s = { 4C 8B D1 B8 ?? ?? 00 00 0F 05 C3 }
    $t = { 4C 8B D1 B8 ?? ?? 00 00 [0-12] (0F 05 | FF 25 | 41 FF E3) }
    $own = "NtCreateProfileEx"
    $n = /(Nt|Zw|Sw3?Nt)(Alloc\BateVirtualMemory|WriteVirtualMemory|ProtectVirtualMemory|CreateThreadEx|QueueApcThread|MapViewOfSection)\x00/
  condition:
    uint16(0) == 0x5a4d and filesize < 3MB and not $own and ( #s >= 3 or (#s >= 1 and $n) or (#t >= 3 and $n) )
}

// TracerPid parsing plus ptrace; crash reporters and DRM do this too.
rule anti_debug_elf_tracer {
  meta:
    id = "anti-debug-elf-tracer"
    severity = "low"
    confidence = "hint"
    description = "Program checks whether it is being traced in two ways"
    reference = "https://attack.mitre.org/techniques/T1622/"
    date = "2026-11-23"
  strings:
    $t = "TracerPid"
    $p = "ptrace" fullword
    $m = "PT_DENY_ATTACH"
    $d = "PTRACE_TRACEME"
  condition:
    (uint32(0) == 0x464c457f or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and filesize < 2MB and $t and any of ($p, $m, $d)
}

// Five or more names of debuggers, sniffers and guest tools within 2 kB. Game protection and security suites have such
// lists, packages for developers do not.
rule anti_debug_tool_list {
  meta:
    id = "anti-debug-tool-list"
    severity = "high"
    confidence = "likely"
    description = "Program keeps a list of analysis tools or virtual-machine helpers to look for"
    reference = "https://attack.mitre.org/techniques/T1497/001/"
    date = "2026-11-23"
  strings:
    $a = /(wireshark|p\Brocmon|procmon64|procexp|procexp64|ollydbg|x64dbg|x32dbg|ida64|idaq|idaq64|windbg|fiddler|httpdebuggerui|processhacker|dumpcap|pestudio|immunitydebugger|vboxservice|vboxtray|vmtoolsd|vmwaretray|vmwareuser|vmusrvc|vmsrvc|prl_tools|prl_cc|xenservice|qemu-ga|joeboxcontrol|joeboxserver|ksdumper|ksdumperclient|df5serv|sandboxierpcss|sbiedll)(\.exe|\.dll)/ nocase
    $aw = /(wireshark|procmon|procexp|ollydbg|x64dbg|x32dbg|ida64|idaq|windbg|fiddler|httpdebuggerui|processhacker|dumpcap|pestudio|vboxservice|vboxtray|vmtoolsd|vmwaretray|vmwareuser|vmusrvc|vmsrvc|prl_tools|prl_cc|xenservice|qemu-ga|joeboxcontrol|ksdumper|sbiedll)(\.exe|\.dll)/ nocase wide
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and filesize < 30MB and ( (#a >= 5 and $a and for any i in (1..60) : ( #a in (@a[i]..@a[i]+2048) >= 5 )) or (#aw >= 5 and $aw and for any i in (1..60) : ( #aw in (@aw[i]..@aw[i]+2048) >= 5 )) )
}

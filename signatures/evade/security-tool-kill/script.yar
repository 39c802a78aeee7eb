// evade/security-tool-kill: script files

// From Python or JavaScript there is hardly an honest use; administration scripts are graded lower.
rule security_tool_defender_code {
  meta:
    id = "security-tool-defender-code"
    severity = "high"
    confidence = "likely"
    description = "Program code turns off Defender parts or adds exclusions"
    reference = "https://attack.mitre.org/techniques/T1562/001/"
    date = "2026-11-23"
  strings:
    $a = /(Add|Set)-MpPreference\b[^\n]{0,120}(Exclusion(Path|Process|Extension)|Disable(RealtimeMonitoring|IOAVProtection|BehaviorMonitoring|ScriptScanning))/i
    $c = /\bsubprocess\.|os\.(system|pop\Ben)\(|chi\Bld_process|execSy\Bnc\(|\bexec\(|\bspawn(Sync)?\(|\bPop\Ben\(|shell=True/
  condition:
    filesize < 300KB and all of them
}

// AV domains beside the hosts file path. Ad blockers block ad hosts.
rule security_tool_hosts_block {
  meta:
    id = "security-tool-hosts-block"
    severity = "high"
    confidence = "likely"
    description = "Blocks security vendors in the hosts file"
    reference = "https://attack.mitre.org/techniques/T1562/001/"
    date = "2026-11-23"
  strings:
    $h = /drivers\\{1,4}etc\\{1,4}hosts|\/e\Btc\/hosts/
    $v1 = /virustotal\.com/
    $v2 = /(malwarebytes|kaspersky|avast|bitdefender|mcafee|eset|sophos|norton|avira)\.[cC]om/
    $w = /\.w[rR]ite\(|\.w[rR]itelines\(|appe\BndFile|w[rR]iteFile|>> ?["']?(\/etc|C:)|Add-Content/
  condition:
    filesize < 300KB and $h and $w and ($v1 or #v2 > 1)
}

// Only bypass code needs these names together with memory or reflection calls.
rule security_tool_bypass {
  meta:
    id = "security-tool-bypass"
    severity = "high"
    confidence = "certain"
    description = "Patches the script scan interface or event tracing of Windows"
    reference = "https://attack.mitre.org/techniques/T1562/001/"
    date = "2026-11-23"
  strings:
    $a = /AmsiScanBuffer|amsiInitFailed|AmsiUtils|AmsiOpenSession|EtwEventWrite|NtTraceEvent/
    $b = /Vir[tT]ualProtect|NonPublic,\s?Static|Get[pP]rocAddress|SetValue\(\$null|W[rR]iteProcessMemory|ctypes|memm\Bove|GetFi[eE]ld\(|Marshal\]?:\B:Copy/
  condition:
    filesize < 400KB and all of them
}

// CI images, game set-ups and provisioning do this openly.
rule security_tool_off {
  meta:
    id = "security-tool-off"
    severity = "medium"
    confidence = "likely"
    description = "Turns off Defender parts, the firewall or access control"
    reference = "https://attack.mitre.org/techniques/T1562/001/"
    date = "2026-11-23"
  strings:
    $a = /(Add|Set)-MpPreference\b[^\n]{0,120}(Exclusion(Path|Process|Extension)|Disable(RealtimeMonitoring|IOAVProtection|BehaviorMonitoring|ScriptScanning))/i
    $b = /DisableAntiSpyware[^\n]{0,40}\b1\b/i
    $c = /netsh["',\s]{1,6}advfirewall["',\s]{1,6}set["',\s]{1,6}\w{3,20}["',\s]{1,6}state["',\s]{1,6}off/i
    $d = /(system|run|call|Popen|execSync|exec|spawnSync)\([^\n]{0,60}(setenforce\s0|iptables\s-F|ufw\sdisable|syst[eE]mctl\sstop\sfirewalld|apparmor_parser\s-R)/
  condition:
    any of them
}

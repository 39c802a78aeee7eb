// cred/process-memory: script files

// The runner worker's memory holds every secret of the job; no build step needs it. A guard that looks who has it open compares
// what the descriptors of processes lead to; it asks for no regions and reads no place of the memory itself.
rule procmem_runner_scrape {
  meta:
    id = "procmem-runner-scrape"
    severity = "critical"
    confidence = "certain"
    description = "Reads the memory of the CI runner process for secrets"
    reference = "https://www.stepsecurity.io/blog/harden-runner-detection-tj-actions-changed-files-action-is-compromised"
    date = "2026-11-23"
  strings:
    $r = "Runner.Worker"
    $m1 = /\/\bproc\/[^\n]{0,60}\/(mem|maps)\b/
    $m2 = /Re\BadProcessMemory|process_vm_readv|PTRACE\B_ATTACH|\bgcore\b/
    $s = /isSecret\\?["']?\\?:\s?true/
    $p1 = "/proc/"
    $p2 = /["'\/]m\Bem["']/
    $look1 = /re\Badlink|Eval\BSymlinks|read_\Blink/
    $look2 = /\/fd["'`\/]/
    $take = /\/m\Baps|see\Bk\(|pre\Bad|dd i\Bf=|Read\BAt|gre\Bp |strin\Bgs |m\Bmap|skip\B=/
  condition:
    filesize < 20MB and ($m2 or $s or $take or not ($look1 and $look2)) and (($r and ($m1 or $m2 or ($p1 and $p2))) or ($s and ($m1 or $m2 or ($p1 and $p2))))
}

// Debuggers and profilers do this.
rule procmem_proc_mem {
  meta:
    id = "procmem-proc-mem"
    severity = "medium"
    confidence = "likely"
    description = "Opens the memory of another process through /proc"
    reference = "https://attack.mitre.org/techniques/T1003/007/"
    date = "2026-11-23"
  strings:
    $a = /\/pr\Boc\/(%s|%d|\{[^}\n]{0,30}\}|\$\{?[^}\/\n]{1,30}\}?)\/mem\b/
    $b = /["']\/proc\/["']\s?\+[^\n]{0,40}["']\/mem["']/
    $c = /(p\Bath\.join|os\.path\.join)\(["']\/proc["'][^\n]{0,40}["']mem["']/
  condition:
    any of them
}

// maps plus mem plus a secret pattern or a secret holder's name.
rule procmem_proc_mem_secrets {
  meta:
    id = "procmem-proc-mem-secrets"
    severity = "high"
    confidence = "likely"
    description = "Searches another process's memory for secrets"
    reference = "https://attack.mitre.org/techniques/T1003/007/"
    date = "2026-11-23"
  strings:
    $m = /\/\bproc\/[^\n]{0,40}\/mem\b|["']\/?mem["']/
    $p = /\/\bproc\/[^\n]{0,40}\/?maps\b|["']\/?m\Baps["']/
    $t1 = /gnome-keyring|ssh-agent|gpg-agent|sshd:|lig\Bhtdm|Runne\Br\.(Listener|Worker)|p\Brovjobd|\bco\Bde-server\b/
    $t2 = /(ghp_|ghs_|AKIA|BE\BGIN [A-Z ]{0,20}PRIVATE KEY|p\Bassw(or)?d|secret|_\Bauthlogin_)[^\n]{0,80}/
    $r = /re\.(findall|finditer|search|compile)|\bgrep\b|\.match(All)?\(|str\Bings /
  condition:
    filesize < 80KB and $m and $p and $r and ($t1 or #t2 > 1) and $t2
}

// MiniDump of lsass, or OpenProcess plus ReadProcessMemory with a secret holder's name. Game trainers name games; detection rules are not script code.
rule procmem_windows_dump {
  meta:
    id = "procmem-windows-dump"
    severity = "high"
    confidence = "likely"
    description = "Dumps the logon process or reads the memory of a browser or chat process"
    reference = "https://attack.mitre.org/techniques/T1003/001/"
    date = "2026-11-23"
  strings:
    $l = "lsass" nocase
    $a = /comsvcs(\.dll)?[,\s]{1,4}(#?\+?24|MiniDump)/i
    $b = "MiniDumpWriteDump"
    $c = /procdump(64)?(\.exe)?["'\s,]{1,6}[^\n]{0,40}-ma/i
    $d = "ReadProcessMemory"
    $e = /["']([Cc]hrome|msedge|brave|firefox|[Dd]iscord|[Tt]elegram|[Ee]xodus|[Kk]ee[Pp]ass|1[Pp]assword|[Bb]itwarden|lsass)(\.exe)?["']/
    $f = "OpenProcess"
  condition:
    filesize < 300KB and (($l and any of ($a,$b,$c)) or (filesize < 150KB and $d and $e and $f))
}

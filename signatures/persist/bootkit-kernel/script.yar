// persist/bootkit-kernel: script files

// dkms and driver installers.
rule kernel_module_plant {
  meta:
    id = "kernel-module-plant"
    severity = "medium"
    confidence = "likely"
    description = "Program loads or installs a kernel module"
    reference = "https://attack.mitre.org/techniques/T1547/006/"
    date = "2026-11-23"
  strings:
    $i = /\b(insmod|modprobe)\b[^\n]{0,80}/
    $m = /\/e\Btc\/modules-load\.d\/|\/e\Btc\/modules["'\s]|\/l[iI]b\/modules\/[^\n]{0,80}\.ko\b/
    $t = /\binsmod\b["',\s]{1,6}(\/tmp\/|\/dev\/shm\/|\/var\/tmp\/|\/\.[a-z])[^\n]{0,80}\.ko\b/
  condition:
    $t or (filesize < 60KB and $i and $m)
}

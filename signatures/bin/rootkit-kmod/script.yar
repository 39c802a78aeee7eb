// list_del on the module's own entry, or replacing getdents/tcp4_seq_show through the call table or a trace hook.
rule rootkit_kmod_source {
  meta:
    id = "rootkit-kmod-source"
    severity = "high"
    confidence = "likely"
    description = "Kernel module source hooks listing calls or takes itself off the module list"
    reference = "https://attack.mitre.org/techniques/T1014/"
    date = "2026-11-23"
  strings:
    $a = /list\B_[dD]el(_init)?\s*\(\s*&\s*(THIS_MODULE|__this_module)[.\->]{1,2}list/
    $b = /kobje\Bct_del\s*\(\s*&\s*THIS_MODULE/
    $c = /(sys_call_table|kallsyms_lookup_name)/
    $d = /\[\s*__NR_(getdents64|getdents|kill|openat)\s*\]\s*=/
    $e = /HOOK\w*\s*\(\s*"(__x64_)?sys_(getdents64|getdents|kill)"|HOOK\w*\s*\(\s*"tcp[46]_seq_show"/
  condition:
    $a or $b or ($c and $d) or $e
}

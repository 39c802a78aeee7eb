// dlsym(RTLD_NEXT, readdir) followed by a comparison of d_name that makes the loop continue is the hiding idiom.
// libfakechroot and fakeroot rewrite paths but never drop entries by name.
rule preload_hook_source_readdir {
  meta:
    id = "preload-hook-source-readdir"
    severity = "high"
    confidence = "likely"
    description = "C source looks up the real readdir and skips chosen entry names"
    reference = "https://attack.mitre.org/techniques/T1574/006/"
    date = "2026-11-23"
  strings:
    $d = /dlsym\s*\(\s*RTLD_NEXT\s*,\s*"(readdir|readdir64|readdir_r|getdents64)"/
    $f = /(strstr|strcmp|strncmp|strcasecmp)\s*\([^;\n]{0,60}d_name/
    $f2 = /(strstr|strcmp|strncmp)\s*\([^;\n]{0,40}(hid(e|den)|magic|MAGIC|HIDE)/
  condition:
    $d and $d and for any i in (1..40) : ( any of ($f, $f2) in (@d[i]..@d[i]+1500) )
}

// Writing the system-wide preload list from a package is rare: tracing products and SBC images do it with their own names.
rule preload_hook_install_preload {
  meta:
    id = "preload-hook-install-preload"
    severity = "medium"
    confidence = "likely"
    description = "Script writes /etc/ld.so.preload"
    reference = "https://attack.mitre.org/techniques/T1574/006/"
    date = "2026-11-23"
  strings:
    $w1 = /(echo|printf|tee)[^\n]{1,120}>{0,2} ?\/etc\/ld\.so\.preload/
    $w2 = /open\(\s*['"]\/etc\/ld\.so\.preload['"]\s*,\s*['"][wa]/
    $w3 = /(writeFile|appendFile)(Sync)?\(\s*['"`]\/etc\/ld\.so\.preload/
    $w4 = /fopen\(\s*"\/etc\/ld\.so\.preload"\s*,\s*"[wa]/
    $w5 = /(cp|mv|install) [^\n]{1,80} \/etc\/ld\.so\.preload/
  condition:
    filesize < 200KB and any of them
}

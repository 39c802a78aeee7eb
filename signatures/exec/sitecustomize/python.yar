// The interpreter imports this module at every start. Look-alikes: tracers (ddtrace, opentelemetry) ship one in a bootstrap folder but do not write it to site-packages.
rule sitecustomize_written {
  meta:
    id = "sitecustomize-written"
    severity = "high"
    confidence = "likely"
    description = "Code writes a sitecustomize or usercustomize module with active content"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $n = /(site|user)customize\.py['"]/
    $w = /['"][wa]b?['"]|\.write_text\(|\.write\(|copyfile\(|shutil\.copy/
    $s = /getsitepackages|getusersitepackages|site-packages|USER_SITE/
    $x = /\bexec ?\(|b64decode|urlopen|os\.system ?\(|req[uU]es\Bts\.(get|post)|\.\bconne\Bct\(\(/
  condition:
    all of them and filesize < 60KB
}

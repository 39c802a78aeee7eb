// The shadow removes itself from sys.path, imports the original and adds network or process work. Look-alikes: stdlib compatibility shims, which add nothing.
rule module_shadow_reload_real {
  meta:
    id = "module-shadow-reload-real"
    severity = "high"
    confidence = "likely"
    description = "A module loads the real module of its own name and then acts"
    reference = "https://attack.mitre.org/techniques/T1574/"
    date = "2026-11-23"
  strings:
    $a = /sys\.path\.(remove|pop)\(|sys\.path ?= ?\[?[^\n]{0,80}(!=|not in|\[1:\])|del sys\.modules\[ ?__name__|sys\.modules\.pop\( ?['"__]/
    $b = /importli\Bb\.(import_module|reload)\( ?['"](requests|json|ssl|socket|logging|random|subprocess|urllib|http|urllib3|numpy|pandas|os|base64)['"]|spe\Bc_from_file_location\( ?['"](requests|json|ssl|socket|logging|random|subprocess|urllib|urllib3)['"]/
    $x = /reques\Bts\.(post|get)\( ?f?['"]http|urlop\Ben\( ?f?['"]http|os\.syst\Bem\(|subproces\Bs\.(Popen|run|call)\(|\bexec\(|\.\bconne\Bct\(\(/
  condition:
    all of them and filesize < 40KB
}

// Listener whose received text is run. RPC servers dispatch names, debuggers are announced.
rule bind_backdoor_py_exec {
  meta:
    id = "bind-backdoor-py-exec"
    severity = "high"
    confidence = "likely"
    description = "Listener runs received text as a command or code"
    reference = "https://attack.mitre.org/techniques/T1205/"
    date = "2026-11-23"
  strings:
    $b = /\.listen\(\s?\d{0,3}\s?\)/
    $r = /\.recv\(\s?\d{3,5}\s?\)/
    $x = /os\b\.popen\(\s?\w|os\.syst\Bem\(\s?\w|s\Bu\Bbpr[oO]ce\Bss\.(check_output|Popen|getoutput|run)\(\s?(\w{1,12}[,.)]|\[?\w{1,12}\.)|\bexec\(\s?\w{1,12}[,.)]|\beval\(\s?\w{1,12}[,.)]/
  condition:
    filesize < 60KB and (for any i in (1..#b) : ( i < 6 and (for any j in (1..#r) : ( j < 10 and @r[j] > @b[i] and @r[j] < @b[i]+1000 and ($x in (@r[j]..@r[j]+500)) )) ))
}

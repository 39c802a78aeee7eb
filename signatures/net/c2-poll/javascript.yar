// Timer, request, and execution of the answer, in that order and near each other. Updaters verify and write files; hot-reload evaluates local modules.
rule c2_poll_js_exec {
  meta:
    id = "c2-poll-js-exec"
    severity = "high"
    confidence = "likely"
    description = "Timer fetches an address repeatedly and executes the answer"
    reference = "https://attack.mitre.org/techniques/T1071/"
    date = "2026-11-23"
  strings:
    $t = /setInterval\(|while ?\((true|1|!0)\)/
    $f = /\bfet\Bch\(|https\.get\(|http\.get\(|axios\.get\(|axios\(|https\.request\(|http\.request\(|got\(/
    $x = /\beval\(\s?\w|new Functi\Bon\(\s?\w|execSy\Bnc\(\s?\w{1,20}[.,)]|\bexec\(\s?\w{1,20}(\.\w{1,12})?\s?[,)]\s?(\(|function|e|async)|vm\.runIn\w{3,20}\(/
  condition:
    filesize < 60KB and (for any i in (1..#t) : ( i < 10 and (for any j in (1..#f) : ( j < 20 and @f[j] > @t[i]-500 and @f[j] < @t[i]+500 and ($x in (@f[j]..@f[j]+500)) )) ))
}

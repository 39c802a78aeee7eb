// Endless loop that takes commands from a server and runs them. Job agents authenticate and dispatch named tasks instead of shell text.
rule c2_poll_py_exec {
  meta:
    id = "c2-poll-py-exec"
    severity = "high"
    confidence = "likely"
    description = "Loop fetches commands from an address and runs them"
    reference = "https://attack.mitre.org/techniques/T1071/"
    date = "2026-11-23"
  strings:
    $w = /while (True|1)\s?:/
    $f = /requests\.get\(|requests\.post\(|urlopen\(|httpx\.get\(|\.[gG]et\(url/
    $x = /(os\.syst\Bem\(|os\b\.popen\(|s\Bu\Bbpr[oO]ce\Bss\.(check_output|run|Popen|getoutput|call)\(|\bexec\(|\beval\()\s?\[?(\w{1,20}\.(text|content|strip\(\)|decode\(|read\(\))|cmd\b|command\b|resp\w{0,6}\b|task\b|r\.text|data\b|code\b|payload\b)/
    $s = /time\.sleep\(/
  condition:
    filesize < 40KB and (for any i in (1..#w) : ( i < 8 and ($f in (@w[i]..@w[i]+500)) and ($x in (@w[i]..@w[i]+1000)) and ($s in (@w[i]..@w[i]+1600)) ))
}

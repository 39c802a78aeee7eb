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
    $x = /(os\.syst\Bem\(|os\b\.popen\(|s\Bu\Bbpr[oO]ce\Bss\.(check_output|run|Popen|getoutput|call)\(|\bexec\(|\beval\()\s?\[?(\w{1,20}\.(text|content|strip\(\)|decode\(|read\(\))|resp\w{0,6}\b|r\.text|data\b|code\b|payload\b)/
    $x2 = /(os\.syst\Bem\(|os\b\.popen\(|s\Bu\Bbpr[oO]ce\Bss\.(check_output|run|Popen|getoutput|call)\()\s?\[?(cmd|command|task)\b/
    $y = /\b(cmd|command|task)\s?=\s?[^\n]{0,80}(\.text|\.content|\.json\(|\.read\(|\.decode\(|\.get\(|\[["']|loads\(|requests\.|urlopen)|\bfor (cmd|command|task) in/
    $s = /time\.sleep\(/
  condition:
    filesize < 40KB and (for any i in (1..#w) : ( i < 8 and ($f in (@w[i]..@w[i]+500)) and ($x in (@w[i]..@w[i]+1000) or ($x2 in (@w[i]..@w[i]+1000) and $y in (@w[i]-300..@w[i]+1000))) and ($s in (@w[i]..@w[i]+1600)) ))
}

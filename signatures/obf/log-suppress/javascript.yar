// Console replaced by empty functions near execution or process start.
rule log_suppress_js_exec {
  meta:
    id = "log-suppress-js-exec"
    severity = "high"
    confidence = "likely"
    description = "Console is silenced around executed code or a spawned process"
    reference = "https://attack.mitre.org/techniques/T1564/"
    date = "2026-11-23"
  strings:
    $a = /console\.(log|error|warn|info)\s?=\s?(console\.\w{3,6}\s?=\s?){0,4}(function\s?\(\s?\)\s?\{\s?\}|\(\s?\)\s?=>\s?(\{\s?\}|void 0|undefined|null)|\w{1,3}=>\{\})/
    $x = /\beval\(\s?\w|new Functi\Bon\(\s?\w|execSy\Bnc\(|child_process|spawn\(\s?["'`\w]/
  condition:
    filesize < 40KB and (for any i in (1..#a) : ( i < 6 and ($x in (@a[i]-300..@a[i]+700)) ))
}

// require("child_process").exec(...) at column 0 of a small file. Look-alikes: build scripts of repositories.
rule import_time_js_spawn {
  meta:
    id = "import-time-js-spawn"
    severity = "medium"
    confidence = "likely"
    description = "A very small module starts a process at top level"
    reference = "https://attack.mitre.org/techniques/T1059.007/"
    date = "2026-11-23"
  strings:
    $a = /\n(require\(['"](node:)?child_process['"]\)|child_process|cp)\.(exec|execSync|spawn|spawnSync|fork)\(/
    $b = /(\nexecSy\Bnc\(|\nexec\(|\nspawn\(|\nspawnSync\()['"`](curl|wget|powershell|node|bash|sh|cmd)\b/
    $m = "process.argv"
  condition:
    ($a or $b) and not $m and filesize < 6KB
}

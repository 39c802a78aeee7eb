// Go: a variable of the package is set by a process that is started, so that every program that imports it starts it. Look-alikes: `var run
// = exec.Command`, which only names the function, and programs, which nobody imports.
rule process_go_package_variable {
  meta:
    id = "process-go-package-variable"
    severity = "high"
    confidence = "likely"
    description = "Importing a Go package starts a process"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-29"
  strings:
    $i = /"os\/exec"/
    $r = /\nvar\s+\w{1,40}(\s?,\s?\w{1,40}){0,2}(\s+\*?[\w.]{1,30})?\s?=\s?[^\n\/]{0,200}\.(Start|Run|Output|CombinedOutput)\(\)/
    $f = /\nvar\s+\w{1,40}(\s?,\s?\w{1,40}){0,2}(\s+\*?[\w.]{1,30})?\s?=\s?func\(\)[^\n]{0,30}\{[^\x00]{0,600}exec\.Command\([^\x00]{0,400}\n\}\(\)/
    $l = /(^|\n)package ([a-ln-z_]\w{0,60}|m([b-z0-9_]\w{0,60}|a([a-hj-z0-9_]\w{0,60}|i[a-mo-z0-9_]\w{0,60}|in\w{1,60})?)?)\s{0,4}\n/
  condition:
    filesize < 200KB and $i and $l and ($r or $f)
}

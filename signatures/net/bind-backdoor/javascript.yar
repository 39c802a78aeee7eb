// Secret header compared to a constant, then execution: a hidden door.
rule bind_backdoor_js_magic {
  meta:
    id = "bind-backdoor-js-magic"
    severity = "high"
    confidence = "likely"
    description = "Fixed secret in a request opens command or code execution"
    reference = "https://attack.mitre.org/techniques/T1205/"
    date = "2026-11-23"
  strings:
    $m = /(req\.|request\.|ctx\.)(headers\[["'`][\w-]{2,40}["'`]\]|query\.\w{1,20}|cookies\.\w{1,20}|get\(["'`][\w-]{2,40}["'`]\)|header\(["'`][\w-]{2,40}["'`]\))\s?={2,3}\s?["'`][^"'`\n]{4,80}["'`]/
    $x = /execSy\Bnc\(|child_process|\beval\(|new Functi\Bon\(|\bexec\(\s?\w|spawn\(|vm\.runIn/
  condition:
    filesize < 200KB and (for any i in (1..#m) : ( i < 10 and ($x in (@m[i]..@m[i]+300)) ))
}

// Calls /usr/bin/<tool> with all arguments and reaches a literal host in the same small file. Look-alikes: askpass helpers and version shims (no network).
rule bin_shadow_wrapper {
  meta:
    id = "bin-shadow-wrapper"
    severity = "high"
    confidence = "likely"
    description = "A wrapper forwards to a system tool and sends its arguments or input out"
    reference = "https://attack.mitre.org/techniques/T1574.007/"
    date = "2026-11-23"
  strings:
    $a = /["'`\s(\/]\/u\Bsr\/bin\/(git|sudo|su|ssh|scp|ls|curl|kubectl|docker|aws|gcloud|python3?|npm|node|gpg|passwd)["'`, ]/
    $f = /"\$@"|process\.a[rR]gv\.slice\(|sys\.argv\[1:\B\]|ARGV\b/
    $n = /(curl|wget) [^\n]{0,160}(-d|--data|-F|\?|http)|req[uU]ests\.(post|get)\(|urlop\Ben\(|fet\Bch\(|https\.request\(|http\.request\(|\/de\Bv\/tcp\//
  condition:
    all of them and filesize < 12KB
}

// Same in JavaScript: code behind a wide gap on one line.
rule whitespace_push_js {
  meta:
    id = "whitespace-push-js"
    severity = "high"
    confidence = "likely"
    description = "Loader statement stands far to the right after a run of blanks"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $w1 = "                        "
    $w2 = "\t\t\t\t\t\t\t\t"
    $a = /[;,})\]"'\w\/][ \t]{100,2000};?[ \t]{0,4}(eval|require|Function|global|globalThis|new Function|_0x[0-9a-f]{4}|child_process|process\.)\s?[\[(.=\w]/
    $b = /[;})\]"'\w][ \t]{100,2000}(\(function|\(async|\(\(\)|!function|[a-z]{3,5} _0x|[a-z]{3,5} \w{1,30}\s?=\s?(require\(|_0x|atob\(|Buffer\.)|global\[|fet\Bch\()/
  condition:
    filesize < 3MB and any of ($w*) and any of ($a, $b)
}

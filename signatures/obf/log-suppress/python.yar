// Capability: output or warnings are silenced. Command-line tools do it all the time.
rule log_suppress_py {
  meta:
    id = "log-suppress-py"
    severity = "info"
    confidence = "likely"
    description = "Silences output, warnings or logging"
    reference = "https://attack.mitre.org/techniques/T1562/"
    date = "2026-11-23"
  strings:
    $a = /sys\.\bstd(out|err)\s?=\s?op\B(en\(\sos\.devnull|en\(\bos\.devnull)|loggin\Bg\.disable\(|r\Bedirec\Bt_\Bstd(out|err)\(|warnin\Bgs\.filterwarnings\(\s?["']ignore["']\)|urlli\Bb3\.disable_warnings/
  condition:
    $a
}

// Output silenced right before hidden code runs.
rule log_suppress_py_exec {
  meta:
    id = "log-suppress-py-exec"
    severity = "high"
    confidence = "likely"
    description = "Output is silenced around executed or decoded code"
    reference = "https://attack.mitre.org/techniques/T1564/"
    date = "2026-11-23"
  strings:
    $a = /[sS]ys\.\bstd(out|err)\s?=\s?(open\(\s?(os\.devnull|["']\/dev\/null)|io\.StringIO|None)|loggin\Bg\.disable\(/
    $x = /\b(exec\(|eval\()\s?(base64|zlib|marshal|co\Bdecs|bytes|__import__|requests|urlopen|\w{1,20}\.(text|content|read\(\)|decode\())/
  condition:
    filesize < 60KB and (for any i in (1..#a) : ( i < 6 and ($x in (@a[i]-200..@a[i]+600)) ))
}

// Statement pushed past the right edge of an editor. Aligned comments and tables never start with these words.
rule whitespace_push_py {
  meta:
    id = "whitespace-push-py"
    severity = "high"
    confidence = "likely"
    description = "Loader statement stands far to the right after a run of blanks"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $w1 = "                        "
    $w2 = "\t\t\t\t\t\t\t\t"
    $a = /[;:)\]"'\w}][ \t]{80,2000};?[ \t]{0,4}(exec|eval|__import__|getattr|com\Bpile)\s?\(/
    $b = /[;)\]"'\w}][ \t]{60,2000}; ?(im|fr|ex|tr|su|__|ev|th|re|ur)[a-z_]{1,9}/
    $c = /[;)\]"'\w}];?[ \t]{120,2000};?[ \t]{0,4}(subprocess|urlopen|req[uU]ests\.|os\.system|os\.popen|base64\.|marshal\.)/
  condition:
    any of ($w*) and any of ($a, $b, $c)
}

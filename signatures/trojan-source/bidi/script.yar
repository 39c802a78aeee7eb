// Direction override or isolate characters in source. Localised strings and Unicode tests hold them, so only a sign.
rule bidi_control_in_code {
  meta:
    id = "bidi-control-in-code"
    severity = "medium"
    confidence = "likely"
    description = "Text direction control character in source code"
    reference = "https://trojansource.codes/"
    date = "2026-11-23"
  strings:
    $a = { E2 80 AE }
    $b = { E2 80 AD }
    $c = { E2 81 A6 }
    $d = { E2 81 A7 }
    $e = { E2 80 AB }
    $f = { E2 80 AA }
  condition:
    any of ($a,$b) or #c + #d > 1 or #e + #f > 1
}

// Override followed by isolates on one line: the published reordering of comments and strings.
rule bidi_reorder {
  meta:
    id = "bidi-reorder"
    severity = "high"
    confidence = "certain"
    description = "Direction override and isolate together reorder a line of code"
    reference = "https://trojansource.codes/"
    date = "2026-11-23"
  strings:
    $a = /\xe2\x80[\xad\xae][ \w{}();\/*]{0,40}\xe2\x81[\xa6\xa7\xa8] ?(\/\/|\/\*|#|[a-z{}])/
    $b = /\xe2\x81[\xa6\xa7\xa8] ?[a-z{}\/#][^\n\[\]]{0,60}\xe2\x80[\xad\xae]/
    $c = /(\/\/|\/\*|#) ?[^\n\[\\]{0,12}\xe2\x80\xae[ \w{}();]{0,60}(if |return|begin|end |admin)/
  condition:
    any of them
}

// File name turned round by an escape so that an executable looks like a document.
rule bidi_file_name {
  meta:
    id = "bidi-file-name"
    severity = "high"
    confidence = "likely"
    description = "Direction override hides the suffix of a file name"
    reference = "https://attack.mitre.org/techniques/T1036/002/"
    date = "2026-11-23"
  strings:
    $a = /\\u202[eE][\w.-]{1,12}(gpj|fdp|txt|cod|xcod|gnp|4pm|slx|vsc|piz)?\.(exe|scr|js|bat|com|cmd|vbs|pif|hta|ps1)\b/
    $b = /\xe2\x80\xae[\w.-]{1,12}\.(exe|scr|js|bat|com|cmd|vbs|pif|hta|ps1)\b/
  condition:
    any of them
}

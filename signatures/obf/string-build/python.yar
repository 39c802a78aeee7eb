// Loader words spelled with chr() sums next to a call that resolves names.
rule string_build_py_chr_sum {
  meta:
    id = "string-build-py-chr-sum"
    severity = "high"
    confidence = "likely"
    description = "Name or code passed to a resolver or exec is spelled with chr sums"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec|eval|__import__|getattr|open|system|globals\(\)\[|compile)\(?\s?[^\n]{0,40}chr\((0x)?[0-9a-f]{1,4}\)\s?\+\s?chr\((0x)?[0-9a-f]{1,4}\)\s?\+\s?chr\(/
    $b = /getattr\([^\n]{0,60}["']{2}\.join\(\s?[\[\(]?\s?(map\(\s?chr|chr\()/
    $c = /__import\B__\([^\n]{0,30}["']{2}\.join\(\s?[\[\(]?\s?(map\(\s?chr|chr\()/
    $d = /globals\(\)\[[^\n]{0,12}\[?\s?chr\(/
  condition:
    filesize < 2MB and any of them
}

// Strings turned round at the point of use by a resolver or decoder.
rule string_build_py_reversed {
  meta:
    id = "string-build-py-reversed"
    severity = "high"
    confidence = "likely"
    description = "Reversed text is decoded, resolved or executed"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec\(|eval\(|__import\B__\(|b64decode\(|d\Becompress\()[^\n]{0,40}["'][^"'\n]{4,600}["']\s?\[\s?::\s?-1\s?\]/
    $b = /["'](metsys(\.so)?|ssecorpbus|46esab|cexe|lave|stseuqer|nepolru|tropmi|llehsrewop|exe\.[^"'\n]{1,60}\/\/:s?ptth|[^"'\n]{3,80}\/\/:s?ptth)["']\s?\[\s?::\s?-1\s?\]/
    $c = /\b(exec|eval)\([^\n]{0,60}b64decode\([^\n]{0,60}\[::-1\]/
  condition:
    filesize < 2MB and any of them
}

// rot13 text executed.
rule string_build_py_rot13_exec {
  meta:
    id = "string-build-py-rot13-exec"
    severity = "high"
    confidence = "certain"
    description = "rot13 text is decoded and executed"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec\(|eval\()\s?(compile\()?(code\Bcs\.decode|getattr\(codecs)\(/
    $r = /["']rot_?-?13["']/
    $b = /codecs\.(decode|encode)\([^\n]{0,200}["']rot_?-?13["']/
    $x = /\b(exec\(|eval\()\s?\w{1,30}\s?[\),]/
    $c = /\\x72\\x6f\\x74\\x31\\x33/
  condition:
    filesize < 2MB and ($c or (for any i in (1..#r) : ( i < 5 and ($a in (@r[i]-20000..@r[i])) )) or (for any i in (1..#b) : ( i < 5 and ($x in (@b[i]..@b[i]+400)) )))
}

// XOR loop whose result is executed.
rule string_build_py_xor_exec {
  meta:
    id = "string-build-py-xor-exec"
    severity = "high"
    confidence = "likely"
    description = "Code is rebuilt by XOR or from character numbers and executed"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /chr\(\s?(ord\(\s?\w{1,20}(\[[^\]]{1,20}\])?\s?\)|\w{1,20}(\[[^\]]{1,20}\])?)\s?\^\s?|bytes\(\s?[\[\(]?\s?\w{1,20}(\[[^\]]{1,20}\])?\s?\^\s?[\w\[\]%() ]{1,40} for /
    $x = /\b(exec\(|eval\()\s?(\w{1,30}\s?[\).(,;]|compile\(|bytes|["']{2}\.join|__)/
    $ca = /jo\Bin\(\s?[\[\(]?\s?(chr\([^\n)]{1,40}\)\s?for\s|map\(\s?(chr|lambda \w{1,4}: ?chr))/
    $cx = /\b(exec\(|eval\()\s?(\w{1,30}\s?[\).(,;]|compile\(|["']{2}\.join)|__import\B__\(\s?(\w{1,30}\(|["']{2}\.join)/
    $cn = /[189]\d\d,\s?\d{1,3},\s?\d{1,3},\s?\d{1,3}/
  condition:
    (filesize < 2MB and (for any i in (1..#a) : ( i < 6 and ($x in (@a[i]-500..@a[i]+700)) ))) or (filesize < 200KB and (for any i in (1..#ca) : ( i < 6 and ($cx in (@ca[i]-300..@ca[i]+500)) and ($cn in (@ca[i]-6000..@ca[i]+6000)) )))
}

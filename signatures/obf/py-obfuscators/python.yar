// PyArmor runtime. Licensed products use it too: what it wraps nobody can read without running it, so somebody has to decide.
rule py_obfuscators_pyarmor {
  meta:
    id = "py-obfuscators-pyarmor"
    severity = "high"
    confidence = "likely"
    description = "Code is wrapped by PyArmor and cannot be read"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /__pyarmor(_vax_\d{4,8})?__\(\s?__name__\s?,\s?[\w.]{1,40}\s?,\s?[rb]{0,2}["']/
    $b = /from pyarmor_runtime\w{0,10} import|from pytransform import pyarmor_runtime/
  condition:
    any of them
}

// Name of a hobby obfuscator in a header comment beside execution. Such tools are used to ship stealers; docs of the tools lack the exec.
rule py_obfuscators_marker {
  meta:
    id = "py-obfuscators-marker"
    severity = "high"
    confidence = "likely"
    description = "File names the obfuscator that produced it and executes hidden code"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /(obfuscated|encrypted|encoded|protected|compiled|made) (with|by|using) [^\n]{0,40}(BlankOBF|Hyperion|Kramer|pyobfuscate|PyCloak|Specter|Berserker|Wodx|Vare|PyObfuscator|freecodingtools|development-tools|Somchai|billythegoat|Py-Fuscate|PyFuscate|Plusobf|Jawbreaker|Manto|Opyrus|Patchy|Intensio|xindex)/ nocase
    $b = /\b(freecodingtools\.org|development-tools\.net\/python-obfuscator|pyob\.oxyry\.com|pyobfuscate\.com|github\.com\/billythegoat356|github\.com\/Blank-c\/BlankOBF|github\.com\/therealOri\/|py-?fuscate)/ nocase
    $c = /__(obfuscator|author)__\s?=\s?\(?['"][^\n]{0,60}(Vare|Kramer|Hyperion|BlankOBF|Specter|billythegoat)/ nocase
    $x = /\b(exec\(|eval\()|__import\B__\(|getattr\(|marshal|lambda/
    $hy = /["'](__builtins__|exec|eval|builtins)["']\s?,?\s?.{0,20}\b(oct\(|hex\(|hash\()/
  condition:
    filesize < 4MB and (any of ($a,$b,$c) or $hy) and $x
}

// exec with base64, zlib or marshal reached through inline imports: a one-line loader nobody writes by hand.
rule py_obfuscators_inline_import {
  meta:
    id = "py-obfuscators-inline-import"
    severity = "high"
    confidence = "certain"
    description = "Decoder modules are imported inline and their output is executed"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /__import\B__\(\s?(\(\s?)?["'](zlib|base64|marshal|lzma|bz2|gzip|codecs)["']\s?\)?\s?\)\s?\.\s?(decompress|b64decode|b85decode|b32decode|loads|getdecoder|a85decode|b16decode|decode)\(/
    $x = /\b(exec\(|eval\()|\)\s?\.\s?exec\(|getattr\(__import__/
  condition:
    filesize < 3MB and (for any i in (1..#a) : ( i < 6 and ($x in (@a[i]-200..@a[i]+400)) ))
}

// exec or compile taken from the builtins module by an inline import.
rule py_obfuscators_builtins_import {
  meta:
    id = "py-obfuscators-builtins-import"
    severity = "high"
    confidence = "certain"
    description = "exec or eval is taken from an inline import of the builtins module"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /__import\B__\(\s?["']builtins["']\s?\)\s?\.\s?(exec|eval|compile|__import__)\b/
    $b = /getattr\(\s?__import\B__\(\s?["']builtins["']\s?\)\s?,/
    // How code for two versions of Python names its own `exec_`.
    $two = /\bexec_ ?= ?getattr\(\s?__import\B__\(\s?["']builtins["']\s?\)\s?,/
    $c = /(vars|globals|locals)\(\)\[\s?["']__builtins__["']\s?\](\.|\[\s?["'])(exec|eval|compile|__dict__|__import__|getattr)/
    $d = /getattr\(\s?__builtins__\s?,\s?(["'](exec|eval|compile|__import__)["']|["'][^"'\n]{0,8}["']\s?\+|bytes|chr|["']{2}\.join|["'][^"'\n]{1,20}["']\[::|\w{1,20}\()/
    $e = /__builtins__\.(__dict__\[|__getattribute__\(|__import__\(\s?["']?\w{0,4}["']?\s?\+)/
  condition:
    filesize < 3MB and (any of ($a, $c, $d, $e) or #b > #two)
}

// The complete one-liner: inline builtins import, exec, compile and base64 in one expression.
rule py_obfuscators_stager {
  meta:
    id = "py-obfuscators-stager"
    severity = "critical"
    confidence = "certain"
    description = "Inline imports chain exec, compile and base64 in one expression"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /__import__\(\s?["']builtins["']\s?\)\.exec\(\s?__import__\(\s?["']builtins["']\s?\)\.compile\(\s?__import__\(\s?["']base64["']\s?\)\.b64decode\(/
    $b = /\bexec\(\s?(\(_\)\(|__import__\(["']zlib["']\)\.decompress\(\s?__import__\(["']base64["']\)\.b64decode\()[^\n]{0,40}(\[::-1\]|b?["'][=A-Za-z0-9+\/]{40})/
    $c = /_\s?=\s?lambda __\s?:\s?__import__\(\s?["']zlib["']\s?\)\.decompress\(\s?__import__\(\s?["']base64["']\s?\)\.b64decode\(\s?__\[::-1\]\)\)/
  condition:
    any of them
}

// Fernet key and ciphertext side by side, run at once: the text is not protected, only hidden.
rule py_obfuscators_fernet_exec {
  meta:
    id = "py-obfuscators-fernet-exec"
    severity = "critical"
    confidence = "certain"
    description = "Fernet text is decrypted with the key beside it and executed"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec\(|eval\()[^\n]{0,60}Fernet\(\s?b?["'][A-Za-z0-9_=-]{20,60}["']\s?\)\.decrypt\(\s?b?["']/
  condition:
    filesize < 4MB and $a
}

// Fernet, then exec of the plain text, in separate statements.
rule py_obfuscators_fernet_steps {
  meta:
    id = "py-obfuscators-fernet-steps"
    severity = "high"
    confidence = "likely"
    description = "Fernet text is decrypted and executed"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $f = /Fernet\(/
    $d = /\.decrypt\(/
    $x = /\b(exec\(|eval\()\s?(\w{1,30}\s?[.)]|\w{1,30}\(|compile\(|_)/
  condition:
    filesize < 2MB and (for any i in (1..#f) : ( i < 6 and ($d in (@f[i]..@f[i]+400)) and ($x in (@f[i]-100..@f[i]+700)) ))
}

// Look-alike letter names in quantity. Base64 and tables hold such runs now and then, names hold hundreds.
rule py_obfuscators_lookalike_names {
  meta:
    id = "py-obfuscators-lookalike-names"
    severity = "high"
    confidence = "likely"
    description = "Names are built from look-alike letters"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /\b_{0,3}(O0OO|OO0O|O0O0|OOO0|O00O)[O0]{4,40}\b/
    $b = /\b_{0,3}(lIlI|IlIl|lIIl|IllI|llIl|IIlI|lllI|IIIl)[Il1]{4,60}\b/
    $c = /\b(JIJJ|JJIJ|ILJI|LIJI|JLIJ|IJJI)[IJL]{8,60}\b/
  condition:
    filesize < 4MB and (#a > 15 or #b > 15 or #c > 15)
}

// exec bound to underscore names or called on them.
rule py_obfuscators_underscore_exec {
  meta:
    id = "py-obfuscators-underscore-exec"
    severity = "high"
    confidence = "likely"
    description = "exec is called through or on names made of underscores"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec\(|eval\()\(?_{1,60}(\(|\)|,|\[)[^\n]{0,20}/
    $b = /\b_{2,40}\s?=\s?(exec|eval|com\Bpile|getattr|__import__)\s?[;\n]/
    $c = /\b_{1,12},\s?_{2,20},\s?_{3,30}\s?=\s?|\b_{3,40}\s?=\s?lambda _{2,40}/
    $ok1 = /exec\(_(globals|code|locals)/
  condition:
    filesize < 4MB and ($b or $c or (#a > 0 and not $ok1)) and (#a > 0)
}

// bytes object made in place and executed.
rule py_obfuscators_exec_bytes {
  meta:
    id = "py-obfuscators-exec-bytes"
    severity = "high"
    confidence = "likely"
    description = "Byte literal or number list is turned into code and executed"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec\(|eval\()\s?(str\()?(bytes|bytearray)(\.fromhex)?\(\s?[\["'\(]/
    $b = /\b(exec\(|eval\()\s?b?["'](\\x[0-9a-fA-F]{2}|\\[0-7]{2,3}|\\u00[0-9a-f]{2}){4}/
    $c = /\b(exec\(|eval\()\s?["']{2}\.join\(\s?(\[|\()?\s?(map\(\s?(chr|lambda)|chr\(|\(?chr\b)/
    $d = /\bexec\(\s?(marshal|_marshal)\.loads\(\s?(zlib|base64|lzma|bz2)\.\w{4,12}\(\s?(base64\.\w{4,12}\()?b?["']/
  condition:
    filesize < 4MB and any of them
}

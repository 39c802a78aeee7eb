// The payload itself is in the call: exec(base64.b64decode("...")). Honest launchers that exec decoded text
// (sshuttle, mitogen, execnet) build the text at run time and never carry a long literal in this place.
rule decode_exec_py_literal {
  meta:
    id = "decode-exec-py-literal"
    severity = "critical"
    confidence = "certain"
    description = "A long encoded literal is decoded and executed in one expression"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $b64 = /(exec\(|eval\() ?(compile ?\( ?)?(__import__ ?\( ?['"](base64|zlib|marshal)['"] ?\) ?|base64 ?|zlib ?|marshal ?)\. ?(b64decode|b32decode|b16decode|b85decode|a85decode|urlsafe_b64decode|standard_b64decode|decodebytes|decompress|loads) ?\( ?([\w.]{1,24} ?\( ?){0,4}[bru]{0,2}["']{1,3}[^\n"']{60}/
    $b64n = /(exec\(|eval\() ?(compile ?\( ?)?(b64de[cC]ode|b32de[cC]ode|b85de[cC]ode|a85de[cC]ode|de[cC]ompress|unhexlify|byte\Bs\.fromhex|bytearr\Bay\.fromhex) ?\( ?([\w.]{1,24} ?\( ?){0,4}[bru]{0,2}["']{1,3}[^\n"']{60}/
  condition:
    any of them
}

// exec/eval directly around a decoder, whatever the source of the data. Look-alikes: remote bootstraps of sshuttle and mitogen
// (they put the expression in a string for another interpreter), tests of security tools.
rule decode_exec_py_call {
  meta:
    id = "decode-exec-py-call"
    severity = "high"
    confidence = "likely"
    description = "Decoded or decompressed data is executed in one expression"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /(exec\(|eval\() ?(compile ?\( ?)?(__import__ ?\( ?['"](base64|zlib|marshal|bz2|lzma|gzip|binascii)['"] ?\) ?|base64 ?|zlib ?|marshal ?|bz2 ?|lzma ?|gzip ?|binascii ?)\. ?(b64dec[oO]de|b32dec[oO]de|b16dec[oO]de|b85dec[oO]de|a85dec[oO]de|urlsafe_b64dec[oO]de|standard_b64dec[oO]de|dec[oO]debytes|dec[oO]mpress|[lL]oads|unhexlify) ?\(/
    $b = /(exec\(|eval\() ?(compile ?\( ?)?(b64decode|b32decode|b85decode|a85decode|unhexlify|byt[eE]s\.fromhex|bytearr\Bay\.fromhex) ?\(/
    $c = /(exec\(|eval\() ?(compile ?\( ?)?(dec|decode|b64d|_b64|b64) ?\( ?[bru]{0,2}["'][A-Za-z0-9+\/]{60}/
  condition:
    any of them and filesize < 6MB
}

// __import__("builtins").exec(...compile(...b64decode)) keeps the word exec( off plain searches; no honest code spells it so.
rule decode_exec_py_builtins_exec {
  meta:
    id = "decode-exec-py-builtins-exec"
    severity = "critical"
    confidence = "certain"
    description = "Decoded text reaches exec through a builtins module lookup"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /__import__ ?\( ?['"]builtins['"] ?\) ?\. ?(exec|eval|compile) ?\( ?(__import__ ?\( ?['"](builtins|base64|zlib|marshal)['"]|base64\.|zlib\.|marshal\.|compile ?\( ?(base64|zlib|__import__))/
    $b = /getattr\( ?__import\B__\( ?['"]builtins['"] ?\), ?['"](ex|ev)['"] ?\+ ?['"](ec|al)['"]/
    $c = /getattr\( ?(__builtins__,|builtins,) ?['"](exec|eval|ex['"] ?\+ ?['"]ec|ev['"] ?\+ ?['"]al)['"] ?\) ?\( ?(base64|zlib|marshal|b64decode|bytes\.fromhex|compile\( ?base64)/
  condition:
    any of them
}

// The reversed base64 + zlib lambda is the output of a public obfuscator and the shape of the aiocpa release.
rule decode_exec_py_lambda_reversed {
  meta:
    id = "decode-exec-py-lambda-reversed"
    severity = "critical"
    confidence = "certain"
    description = "A lambda reverses, decodes and decompresses text that is then executed"
    reference = "https://www.reversinglabs.com/blog/malicious-pypi-crypto-pay-package-aiocpa-implants-infostealer-code"
    date = "2026-11-23"
  strings:
    $a = /lambda \w{1,12} ?: ?(__import\B__\( ?['"](zlib|marshal|bz2|lzma|gzip)['"] ?\)\.(decompress|loads)\( ?){1,4}__import\B__\( ?['"]base64['"] ?\)\.\w{4,20}\( ?\w{1,12} ?\[ ?: ?: ?-1 ?\]/
    $b = /(exec\(|eval\()[^\n]{0,80}b64decode ?\([^\n]{0,80}\[ ?: ?: ?-1 ?\]/
    $c = /(zlib|bz2|lzma|gzip)\.decompress\([^\n]{0,40}b64decode\([^\n]{0,40}\[::-1\]/
    $x = /exec \(|exec\(/
  condition:
    $a or $b or ($c and $x and filesize < 200KB)
}

// exec(Fernet(b"key").decrypt(b"data")) or the AES form: key and data sit side by side, so encryption only hides. No honest reading.
rule decode_exec_py_crypto {
  meta:
    id = "decode-exec-py-crypto"
    severity = "critical"
    confidence = "certain"
    description = "Decrypted text with an embedded key is executed in one expression"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $fernet = /exec ?\( ?(compile ?\( ?)?([\w.]{0,20}\.)?Fernet ?\([^\n]{0,120}\) ?\. ?decrypt ?\(/
    $aes = /exec ?\( ?(compile ?\( ?)?(unpad ?\( ?)?AES\.new ?\([^\n]{0,160}\) ?\. ?decrypt/
  condition:
    any of them
}

// exec(f.decrypt(x)) with a named cipher object. Look-alikes: licence-protected plug-in loaders, which are rare and worth a review.
rule decode_exec_py_decrypt_var {
  meta:
    id = "decode-exec-py-decrypt-var"
    severity = "high"
    confidence = "likely"
    description = "The result of a decrypt call is executed"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /exec ?\( ?(compile ?\( ?)?(unpad ?\( ?)?[\w.]{1,30}\.decrypt ?\(/
    $b = /exec ?\( ?(\w{1,20}\.)?(xor_?decrypt|decrypt_?(str|string|code|payload|data)?|xor_?de[cC]ode|decode_?(str|string|code|payload)) ?\(/
    $k = /Fernet|AES|xor|base64|decrypt/
  condition:
    ($a or $b) and $k and filesize < 1MB
}

// codecs.decode(x, "rot13") has no use in shipped code other than hiding; around exec it is a loader. Tests of codecs do not exec.
rule decode_exec_py_codecs {
  meta:
    id = "decode-exec-py-codecs"
    severity = "high"
    confidence = "likely"
    description = "Text is decoded by codecs (rot13, hex or base64) and executed"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /(exec\(|eval\() ?(compile ?\( ?)?co\Bdecs ?\. ?decode ?\(/
    $b = /(exec\(|eval\()[^\n]{0,160}\.decode ?\( ?['"](rot_?13|hex_codec|base64_codec|zlib_codec|zip|unicode_escape)['"]/
    $c = /(exec\(|eval\() ?__import__ ?\( ?['"]codecs['"] ?\) ?\. ?decode/
  condition:
    any of them and filesize < 1MB
}

// exec("".join(map(chr, [...]))) hides every word of the payload, and so does arithmetic on each code; tests that build one
// character never do it over a number list. Codes that somebody hands over (formats that keep text as bytes) say nothing of it.
rule decode_exec_py_charcodes {
  meta:
    id = "decode-exec-py-charcodes"
    severity = "critical"
    confidence = "certain"
    description = "Character codes are joined to a program text and executed"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /(exec\(|eval\() ?(compile ?\( ?)?['"]{2} ?\. ?join ?\( ?(map ?\( ?(chr ?, ?([\[(] ?\d|b['"])|lambda \w{1,12} ?: ?chr)|\[? ?chr ?\( ?\w{1,20} ?\) ?for ?\w{1,20} in ?([\[(] ?\d|b?['"])|\[? ?chr ?\( ?[^)\n]{1,20}[(+*\/%^-])/
    $b = /(exec\(|eval\() ?(bytes|bytearray) ?\( ?\[ ?\d{1,3} ?, ?\d{1,3} ?, ?\d{1,3} ?, ?\d{1,3}/
    $c = /(exec\(|eval\() ?(chr ?\( ?\d{1,3} ?\) ?\+ ?){4}/
  condition:
    any of them and filesize < 6MB
}

// exec("\x69\x6d...") or eval("\145\x76..."): letters that need no escape are escaped inside the executed literal. Unicode tests
// exec a single escape, not a run of letters.
rule decode_exec_py_escape_run {
  meta:
    id = "decode-exec-py-escape-run"
    severity = "high"
    confidence = "certain"
    description = "A string written in hex or octal escapes is executed"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $hex = /(exec\(|eval\() ?(compile ?\( ?)?[bru]{0,2}["']{1,3}(\\x[2-7][0-9a-fA-F]){6}/
    $mix = /(exec\(|eval\() ?['"](\\(x[2-7][0-9a-f]|1[0-7][0-7])){4,8}['"] ?\) ?;/
    $imp = /__import__ ?\( ?['"](\\(x[2-7][0-9a-fA-F]|1[0-7][0-7])){4,20}['"] ?\)/
  condition:
    any of them and filesize < 6MB
}

// Decode and exec in two statements. The long literal in the decode call keeps asset decoders out, the distance keeps bundles out.
rule decode_exec_py_two_step {
  meta:
    id = "decode-exec-py-two-step"
    severity = "high"
    confidence = "likely"
    description = "A long encoded literal is decoded to a variable that is executed close by"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $d = /(b64decode|b32decode|b85decode|a85decode|urlsafe_b64decode|d\Becompress|unhexlify|f\Bromhex|marshal\.loads) ?\( ?[bru]{0,2}["']{1,3}[A-Za-z0-9+\/=_\\!#$%&()*;<>?@^`{|}~-]{80}/
    $e = /(exec\(|eval\() ?(compile ?\( ?)?[A-Za-z_]\w{0,30}( ?\)|\.decode ?\(| ?,)/
  condition:
    #d < 100 and filesize < 6MB and for any i in (1..#d) : ($e in (@d[i]..@d[i]+!d[i]+4000))
}

// The literal decodes to "import ...", "from ... import", "exec(" or "def ": program text has no reason to be base64 in a program.
// Asset modules hold images and fonts, whose first letters differ. Look-alikes: remote bootstraps with a compressed second stage.
rule decode_exec_py_source_literal {
  meta:
    id = "decode-exec-py-source-literal"
    severity = "high"
    confidence = "likely"
    description = "A literal holds encoded Python source and the file executes text"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $lit = /["'](aW1wb3J0I|ZnJvbSB|ZXhlYyh|ZGVmI|Y2xhc3Mg|CmltcG9ydC|CmZyb20g|dHJ5Og|X19pbXBvcnRfX|aW1wb3J0XG|IyAt|IyEvdXNyL2Jpb|DQppbXBvcnQ)[A-Za-z0-9+\/=]{40}/
    $e = /\b(exec|eval|com\Bpile) ?\(|os\.system ?\(|subprocess\.|\.write ?\(/
    $d = /b64decode|decodebytes|base64/
  condition:
    all of them and filesize < 6MB
}

// eval(compile(x, "<string>", "exec")): the last line of several public obfuscators. Look-alikes: doctest-like runners and notebooks.
rule decode_exec_py_compile_string {
  meta:
    id = "decode-exec-py-compile-string"
    severity = "medium"
    confidence = "likely"
    description = "A variable is compiled as a program and evaluated in one expression"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /eval ?\( ?compile ?\( ?\w{1,60} ?, ?['"]<string>['"] ?, ?['"]exec['"]/
    $b = /(love|god|destiny|joy|trust|magic) ?= ?['"][A-Za-z0-9+\/=]{40}/
  condition:
    $a or #b > 2
}

// os.system(base64.b64decode(...)) and Popen with a decoded interpreter argument: the command line is hidden from readers.
// Remote-management tools encode commands for another host, they do not decode literals for themselves.
rule decode_exec_py_command {
  meta:
    id = "decode-exec-py-command"
    severity = "high"
    confidence = "likely"
    description = "A decoded string is run as a command"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /(os\.system|os\.popen|subprocess\.(Popen|call|run|check_output|check_call|getoutput)) ?\( ?\[?[^\n\]]{0,60}(base64\.|b64decode|byte\Bs\.fromhex|code\Bcs\.decode|__import\B__\( ?['"]bas\Be64)[^\n]{0,20}\( ?[bru]{0,2}["'][A-Za-z0-9+\/=]{20}/
    $b = /(sys\.executable|['"]python3?['"]|['"]-c['"]) ?, ?(['"]-c['"] ?, ?)?(base64\.|b64decode|zl\Bib\.|codecs\.decode|bytes\.fromhex)/
    $c = /['"](bash|sh|\/bin\/sh|\/bin\/bash|cmd(\.exe)?|powershell(\.exe)?)['"] ?, ?['"][-\/]c['"] ?, ?(decode\w{0,12}|base64\.\w{5,12}|b64decode)\(/
  condition:
    any of them and filesize < 1MB
}

// exec over a comprehension with ^ in the same expression, or a XOR loop feeding exec. CTF solvers print, they do not exec.
rule decode_exec_py_xor {
  meta:
    id = "decode-exec-py-xor"
    severity = "high"
    confidence = "likely"
    description = "Bytes are XOR-decoded and executed"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /(exec\(|eval\() ?(compile ?\( ?)?(bytes|bytearray|['"]{2}\.join) ?\( ?\[?[^\n]{0,60} ?\^ ?[^\n]{0,60} for /
    $b = /= ?(bytes|bytearray|['"]{2}\.join) ?\( ?\[?[^\n]{0,60} ?\^ ?[^\n]{0,60} for [^\n]{0,120}\n[^\n]{0,10}(exec\(|eval\()/
  condition:
    any of them
}

// A statement separator after more than 80 blanks followed by exec or __import__: editors and review pages do not show it.
// Aligned comments and tables never hold ;exec( there.
rule decode_exec_py_blank_push {
  meta:
    id = "decode-exec-py-blank-push"
    severity = "critical"
    confidence = "certain"
    description = "Executing code is pushed out of view behind a run of blanks"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /[ \t]{80}[;,] ?(exec ?\(|eval ?\(|__import__ ?\()/
    $b = /[ \t]{80}; ?(im|fr)[a-z]{2,4} (os|base64|requests|subprocess|zlib|socket|builtins|urllib|tempfile)\b/
    $c = /[)'"\]][ \t]{80,400}(exec|eval|__import__) ?\(/
  condition:
    any of them
}

// Building block only: many honest files do both.
rule decode_exec_py_decoder_present {
  meta:
    id = "decode-exec-py-decoder-present"
    severity = "info"
    confidence = "hint"
    description = "Code decodes data and executes text in one file"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $d = /(b64decode|b85decode|zl\Bib\.decompress|marshal\.loads|unhexlify) ?\(/
    $e = /\b(exec\(|eval\() ?[A-Za-z_]/
  condition:
    $d and $e and filesize < 400KB
}

// What is decompressed is compiled as statements, without `exec` in sight: a function is made of it, or the code object is kept.
// Honest look-alikes: importers of archives, which decompress in one place and compile in another.
rule decode_exec_py_compiled {
  meta:
    id = "decode-exec-py-compiled"
    severity = "high"
    confidence = "likely"
    description = "Decompressed or decoded data is compiled as code in one expression"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-28"
  strings:
    $a = /[^\w.]compile ?\( ?(zlib|lzma|bz2|gzip|base64)\. ?(decomp[rR]ess|b64d[eE]code|b85d[eE]code|a85d[eE]code) ?\([^\n]{1,120}["']exec["']/
  condition:
    $a
}

// Python that is built from nodes, compiled and executed in a child process. Look-alikes: macros and rewriters of assertions, which change
// code that they have read and start no process.
rule decode_exec_py_built_nodes {
  meta:
    id = "decode-exec-py-built-nodes"
    severity = "high"
    confidence = "likely"
    description = "Code is built from nodes and executed in a process of its own"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-29"
  strings:
    $i = /ast\.Import\(\s?\[\s?ast\.alias\(|ast\.ImportFrom\(/
    $c = /ast\.Call\(/
    $m = /ast\.Module\(/
    $x = /compile\(\s?\w{1,20},\s?["'][^"'\n]{0,40}["'],\s?["']exec["']/
    $f = /os\.fork\(\)|multiprocessing\.Process\(|threading\.Thread\(|subprocess\./
  condition:
    filesize < 100KB and $i and $c and $m and for any i in (1..#x) : ( $f in (@x[i]-200..@x[i]+300) )
}

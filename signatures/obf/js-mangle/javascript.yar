// obfuscator.io string-array rotation. Some commercial bundles use the same tool, hence not critical.
rule js_mangle_array_rotate {
  meta:
    id = "js-mangle-array-rotate"
    severity = "high"
    confidence = "likely"
    description = "String array is rotated by an obfuscator loop"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /_0x[a-f0-9]{4,6}\[?\.?["']?push["']?\]?\(_0x[a-f0-9]{4,6}\[?\.?["']?shift["']?\]?\(\)\)/
    $b = /\['push'\]\(\w{1,12}\['shift'\]\(\)\)/
    $c = /parseInt\(_0x[a-f0-9]{4,6}\((0x[a-f0-9]{1,4}|\d{1,4})[,)]/
    $d = /parseInt\(\w{1,12}\((-?0x[a-f0-9]{1,4}|-?\d{1,4})(,["'\s-][^)]{0,12})?\)\)\s?\/\s?(\(|-|0x)/
    $ta = /\b_\$_[0-9a-f]{4}\[\d{1,4}\]/
  condition:
    $a or $b or #c > 4 or #d > 5 or #ta > 6
}

// Plain density of generated names; weak on its own.
rule js_mangle_hex_names {
  meta:
    id = "js-mangle-hex-names"
    severity = "medium"
    confidence = "likely"
    description = "Many machine-made hexadecimal names"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /_0x[a-f0-9]{4,6}\b/
  condition:
    #a > 25
}

// Tamper and debugger guards of the obfuscator. The obfuscator's own templates hold the texts, but not together with mangled names.
rule js_mangle_self_defence {
  meta:
    id = "js-mangle-self-defence"
    severity = "high"
    confidence = "likely"
    description = "Mangled code guards itself against formatting or debugging"
    reference = "https://attack.mitre.org/techniques/T1622/"
    date = "2026-11-23"
  strings:
    $a = "(((.+)+)+)+$"
    $b = /constructor["'\]]{0,3}\(\s?["']debugger["']/
    $c = /["']debu["']\s?\+\s?["']gger["']/
    $d = "function *\\( *\\)"
    $n = /_0x[a-f0-9]{4,6}\b/
  condition:
    #n > 5 and any of ($a,$b,$c,$d)
}

// Sensitive modules or addresses beside machine-made names: the loader still needs its calls. Front-end bundles that were mangled do not load these.
rule js_mangle_process {
  meta:
    id = "js-mangle-process"
    severity = "high"
    confidence = "likely"
    description = "Mangled code reaches for processes, files and the network"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $n = /_0x[a-f0-9]{4,6}\b/
    $a = /requir\Be\(["'](node:)?child_process["']\)|["']chi\Bld_process["']/
    $b = /["']os["']|["']https?["']|["']axios["']|["']request["']|["']node-fetch["']/
    $c = /process\[["']env["']\]|homedir|execSync|wr\BiteFileSync|cre[aA]teWriteStream|spawn/
  condition:
    filesize < 3MB and #n > 12 and $a and ($b or $c)
}

// Require and module handed to one-letter globals: start of the fake-interview loaders, which follow with mangled code.
rule js_mangle_global_require {
  meta:
    id = "js-mangle-global-require"
    severity = "high"
    confidence = "likely"
    description = "Module loader is parked in a one-letter global before mangled code"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /global\[["'`][!_a-zA-Z$][\w$]{0,2}["'`]\]\s?=\s?(require|module|["'`][\w.-]{1,24}["'`]\s?;\s?(var|const|let|global|\())/
    $b = /global\.[!_a-z$]\s?=\s?require\s?;/
  condition:
    any of them
}

// eval(Buffer.from("...", "base64")), eval(atob("...")) and the Function form with the payload inside. Bundlers emit eval of plain source, never of base64.
rule decode_exec_js_nested {
  meta:
    id = "decode-exec-js-nested"
    severity = "critical"
    confidence = "certain"
    description = "A long encoded literal is decoded and evaluated in one expression"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /(eval|Function|runInThisContext|runInNewContext|_compile|execScript) ?\( ?(['"]require['"], ?)?Buff\Ber\.from\( ?['"`][A-Za-z0-9+\/=_-]{40}/
    $b = /(eval|Function|runInThisContext|runInNewContext|_compile|setTimeout) ?\( ?(decodeURIComponent\( ?)?(escape\( ?)?(window\.|globalThis\.)?atob\( ?['"`][A-Za-z0-9+\/=]{40}/
    $c = /[eE]val ?\( ?(dec[oO]deURIComponent|unescape) ?\( ?['"`][%0-9a-fA-F]{36}/
  condition:
    any of them
}

// The same with a variable as input. Look-alikes: template caches and sandboxed playgrounds; both are rare in published packages.
rule decode_exec_js_call {
  meta:
    id = "decode-exec-js-call"
    severity = "high"
    confidence = "likely"
    description = "Decoded, inflated or decrypted data is evaluated in one expression"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /\b(eval|new Function|Function|runInThisContext|runInNewContext|_compile) ?\( ?(['"]require['"], ?)?Buff\Ber\.from\( ?[\w.$\[\]]{1,60}, ?['"`](base64|hex)/
    $b = /\b(eval|new Function|runInThisContext|runInNewContext|_compile) ?\( ?(window\.|globalThis\.)?atob\( ?[\w$.]/
    $c = /\b(eval|new Function|_compile|runInThisContext) ?\( ?(zlib|require\(['"]zlib['"]\)|pako)\.(inflate|gunzip|brotliDecompress|unzip|ungzip)/
    $d = /\b(eval|new Function|_compile) ?\( ?(CryptoJS\.(AES|RC4|TripleDES|enc)|[\w$]{1,20}\.AES\.decrypt)/
    $e = /\b(eval|_compile|runInThisContext) ?\( ?(dec\w{0,20}|decrypt\w{0,20}|decipher\.\w{4,8}|xor\w{0,12}|deobf\w{0,12}) ?\( ?[\w$'"`]/
  condition:
    any of them and filesize < 3MB
}

// eval(String.fromCharCode(...)) over a list of numbers. Parsers build one character at a time and do not evaluate it.
rule decode_exec_js_charcodes {
  meta:
    id = "decode-exec-js-charcodes"
    severity = "high"
    confidence = "certain"
    description = "A program text built from character codes is evaluated"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /\b(eval|Function|setTimeout|_compile|execSync|exec) ?\( ?Stri\Bng\.fromCharCode(\.apply)? ?\( ?(null, ?\[|\.\.\.|\[? ?\d{1,3} ?, ?\d{1,3} ?, ?\d{1,3})/
    $b = /\beval ?\( ?\[[\d, ]{12,200}\]\.map ?\([^)]{0,60}fromCharCode/
    $c = /\b(eval|new Function) ?\( ?['"`](\\x[2-7][0-9a-fA-F]){8}/
  condition:
    any of them
}

// const s = Buffer.from("long literal","base64").toString(); eval(s). WASM and font carriers hold literals but do not evaluate them.
rule decode_exec_js_two_step {
  meta:
    id = "decode-exec-js-two-step"
    severity = "high"
    confidence = "likely"
    description = "An encoded literal is decoded to a variable that is evaluated close by"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $d = /(Buff\Ber\.from ?\(|\batob ?\() ?['"`][A-Za-z0-9+\/=_-]{60}/
    $e = /\b(eval|new Function|runInThisContext|runInNewContext|\._compile) ?\( ?(['"]require['"], ?)?[A-Za-z_$][\w$]{0,30}( ?\)|\.toString\(|, ?['"`])/
  condition:
    #d < 50 and filesize < 2MB and for any i in (1..#d) : ($e in (@d[i]..@d[i]+5000))
}

// createDecipher feeding eval/_compile/new Function: event-stream and many later loaders. Look-alikes: bytenode-style protected products.
rule decode_exec_js_decipher {
  meta:
    id = "decode-exec-js-decipher"
    severity = "high"
    confidence = "likely"
    description = "Deciphered data is compiled or evaluated in the same small file"
    reference = "https://snyk.io/blog/a-post-mortem-of-the-malicious-event-stream-backdoor/"
    date = "2026-11-23"
  strings:
    $d = /createDecipheriv\(|createDecipher\(/
    $e = /\beval ?\( ?[\w$]|\._compile ?\(|new Function ?\( ?[\w$]|runIn(This|New)Context ?\(/
  condition:
    all of them and filesize < 40KB
}

// exec(Buffer.from("...","base64").toString()): the command is hidden from readers of a shipped file.
rule decode_exec_js_command {
  meta:
    id = "decode-exec-js-command"
    severity = "high"
    confidence = "certain"
    description = "A decoded string is run as a command"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec|execSync|spawn|spawnSync|execFile) ?\( ?(Buff\Ber\.from\( ?[^()\n]{4,4000}['"](base64|hex)['"]|atob\( ?['"`\w])/
    $b = /['"](-c|\/c|-e|-Command|-enc)['"], ?(Buffer\.from\( ?[^()\n]{4,400}['"](base64|hex)['"]|atob\()/
  condition:
    any of them
}

// echo <base64> | base64 -d > file && bash file inside JavaScript: the tj-actions addition. Look-alikes: none seen in bundles of honest actions.
rule decode_exec_js_shell_base64 {
  meta:
    id = "decode-exec-js-shell-base64"
    severity = "high"
    confidence = "certain"
    description = "A script bundle pipes base64 text through a shell interpreter"
    reference = "https://www.stepsecurity.io/blog/harden-runner-detection-tj-actions-changed-files-action-is-compromised"
    date = "2026-11-23"
  strings:
    $a = /echo [\\"'$\w{}+\/= ]{20,4000}\| ?bas\Be64 (-d|-D|--decode)/
    $b = /bas[eE]64 (-d|-D|--decode) ?(\||>)[^\n]{0,80}\b(ba|z)?sh\b/
  condition:
    any of them
}

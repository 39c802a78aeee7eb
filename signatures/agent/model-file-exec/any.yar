// Jinja text in a tokenizer or GGUF file that walks __class__, __globals__ or imports, or puts such a name together from pieces. Templates
// format messages and never need it. Programs that look for such templates hold them too, and are no models.
rule model_file_exec_template_escape {
  meta:
    id = "model-file-exec-template-escape"
    severity = "high"
    confidence = "likely"
    description = "Chat template reaches Python internals"
    reference = "https://atlas.mitre.org/techniques/AML.T0011"
    date = "2026-11-23"
  strings:
    $t = "chat_template"
    $x1 = /\{[%{][^}]{0,300}(__class__|__globals__|__subclasses__|__builtins__|__import__|__mro__|__init_\B_\.__)/
    $x2 = /\{[{%][^}\n]{0,80}\b(cycler|lipsum|joiner|namespace|self|request|config|url_for|get_flashed_messages)\.__(init__|globals__|class__)/
    $x3 = /\|\s?at\Btr\(["'\\]{1,3}__/
    $j = "{%"
    $x4 = /__\w{0,10}\\?["']\s{0,2}[~+]\s{0,2}\\?["'][a-z]{2,10}__/
    $p = /(pope[nN]|os\.system|subprocess|__import__|eval\(|exec\(|\.read\(\)|globals__|[sS]ubclasses)/
  condition:
    not (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or uint32(0) == 0xfeedfacf or uint32be(0) == 0xcafebabe) and ( ( for any of ($x1, $x3) : ( $ and for any i in (1..30) : ( $t in (@[i]-4000..@[i]+600) and $p in (@[i]-300..@[i]+400) ) ) ) or ( $x4 and for any i in (1..30) : ( i <= #x4 and $t in (@x4[i]-9000..@x4[i]+600) and $j in (@x4[i]-300..@x4[i]+300) ) ) or ( for any of ($x2) : ( $ and for any i in (1..30) : ( $p in (@[i]..@[i]+300) ) ) ) )
}

// The same, and a command that fetches or starts something: whoever formats a message with the model runs it.
rule model_file_exec_template_command {
  meta:
    id = "model-file-exec-template-command"
    severity = "critical"
    confidence = "certain"
    description = "Chat template reaches Python internals and starts a command that fetches something"
    reference = "https://atlas.mitre.org/techniques/AML.T0011"
    date = "2026-11-30"
  strings:
    $t = "chat_template"
    $j = "{%"
    $x1 = /\{[%{][^}]{0,300}(__class__|__globals__|__subclasses__|__builtins__|__import__|__mro__)/
    $x2 = /__\w{0,10}\\?["']\s{0,2}[~+]\s{0,2}\\?["'][a-z]{2,10}__/
    $c = /["'](curl|wget|powershell|bash -c|sh -c|nc|python3? -c)\s[^"'\n]{0,120}(https?:|\d{1,3}(\.\d{1,3}){3}|\|\s?(ba)?sh|\/dev\/tcp)/
    $s = /popen|pen['"]|system|tem['"]|subprocess|exec/
  condition:
    not (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or uint32(0) == 0xfeedfacf or uint32be(0) == 0xcafebabe) and ( for any i in (1..6) : ( i <= #c and ($x1 in (@c[i]-500..@c[i]+300) or $x2 in (@c[i]-500..@c[i]+300)) and $s in (@c[i]-120..@c[i]) and $j in (@c[i]-500..@c[i]) and $t in (@c[i]-20000..@c[i]) ) )
}

// The layer runs on load; many honest older models use it for a scaling line.
rule model_file_exec_keras_lambda {
  meta:
    id = "model-file-exec-keras-lambda"
    severity = "medium"
    confidence = "likely"
    description = "Keras model holds a Lambda layer with marshalled byte code"
    reference = "https://atlas.mitre.org/techniques/AML.T0011"
    date = "2026-11-23"
  strings:
    $a = /"class_name"\s{0,2}:\s{0,2}"Lambda"/
    $b = /"4wEAAAA[A-Za-z0-9+\/\\n]{20}/
    $c = /"4w[A-Z]AAAAA[A-Za-z0-9+\/\\n]{20}/
  condition:
    $a and any of ($b, $c)
}

// GLOBAL opcodes for os/posix/nt.system, subprocess, builtins.exec or runpy followed by an argument opcode. Weights and caches name only
// array and tensor types; only test files of pickle scanners contain the same.
rule model_file_exec_pickle_global {
  meta:
    id = "model-file-exec-pickle-global"
    severity = "high"
    confidence = "certain"
    description = "Pickle data names an operating-system or code-execution function to call"
    reference = "https://atlas.mitre.org/techniques/AML.T0011"
    date = "2026-11-23"
  strings:
    $g1 = /c(os|posix|nt)\n(system|popen|execv?[lpe]{0,2}|spawn[lvpe]{1,3})\n(q.|r....|p\d{1,3}\n|\x94)?[(XVSUh\x8c\x80cK]/s
    $g2 = /csubprocess\n(Popen|call|check_output|check_call|run|getoutput|getstatusoutput)\n(q.|r....|p\d{1,3}\n|\x94)?[(XVSUh\x8c]c?/s
    $g3 = /(cbuiltins|c__builtin__)\n(eval|exec|execfile|compile|__import__)\n(q.|r....|p\d{1,3}\n|\x94)?[(XVSUh\x8cc]/s
    $g4 = /c(runpy\n_run_code|pty\nspawn|webbrowse\Br\nopen|importl\Bib\nimport_module|timeit\n(timeit|main)|cProfi\Ble\nrun|pdb\nrun|socke\Bt\nsocket|urll\Bib\.request\nurlopen|requests\.[aA]pi\nget|shut\Bil\nrmtree|comman\Bds\ngetoutput|pip\nmain)\n(q.|r....|p\d{1,3}\n|\x94)?[(XVSUh\x8c)]/s
  condition:
    any of them
}

// Short and long string opcodes with module and function name followed by STACK_GLOBAL; the byte frame excludes ordinary text.
rule model_file_exec_pickle_stack_global {
  meta:
    id = "model-file-exec-pickle-stack-global"
    severity = "high"
    confidence = "certain"
    description = "Pickle data (protocol 2 to 5) builds a call to a system, process or exec function"
    reference = "https://atlas.mitre.org/techniques/AML.T0011"
    date = "2026-11-23"
  strings:
    $s1 = { 8C (02 6F 73 | 05 70 6F 73 69 78 | 02 6E 74) [0-2] 8C 06 73 79 73 74 65 6D [0-2] 93 }
    $s1b = { 8C (02 6F 73 | 05 70 6F 73 69 78 | 02 6E 74) [0-2] 8C 05 (70 6F 70 65 6E | 65 78 65 63 76) [0-2] 93 }
    $s2 = { 8C 0A 73 75 62 70 72 6F 63 65 73 73 [0-2] 8C [1] (50 6F 70 65 6E | 63 61 6C 6C | 63 68 65 63 6B 5F | 72 75 6E | 67 65 74 6F 75 74 70 75 74) [0-8] 93 }
    $s3 = { 8C 08 62 75 69 6C 74 69 6E 73 [0-2] 8C [1] (65 76 61 6C | 65 78 65 63 | 63 6F 6D 70 69 6C 65 | 5F 5F 69 6D 70 6F 72 74 5F 5F) [0-2] 93 }
    $s4 = { 8C (05 72 75 6E 70 79 | 06 73 6F 63 6B 65 74 | 0A 77 65 62 62 72 6F 77 73 65 72) [0-2] 8C [5-24] 93 }
    $l1 = { 58 (02 00 00 00 6F 73 | 05 00 00 00 70 6F 73 69 78 | 02 00 00 00 6E 74) [0-5] 58 06 00 00 00 73 79 73 74 65 6D [0-5] 93 }
  condition:
    any of them
}

// The template of a chat looks for words in what somebody asks, adds an order of its own, and has it kept from them. Templates put
// messages together; they depend on roles and tools, and keep nothing from anybody.
rule model_file_template_hidden_order {
  meta:
    id = "model-file-template-hidden-order"
    severity = "high"
    confidence = "likely"
    description = "Chat template adds an order to what is asked and has the user not told"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-12-01"
  strings:
    $t = "chat_template"
    $a = /\{%-? {0,2}if [^%]{0,300}\bin \(?\w{0,24}(\.content|\[["'\\]{1,3}content)[^%]{0,300}%\}[^\x00]{0,600}(n't|not|never) (tell|mention|inform|reveal|say|show|notify)\b/
  condition:
    $t and $a
}

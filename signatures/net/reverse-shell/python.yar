// Socket descriptors copied over stdio and a shell started. Daemons copy null-device descriptors and never connect.
rule reverse_shell_py_dup2 {
  meta:
    id = "reverse-shell-py-dup2"
    severity = "high"
    confidence = "likely"
    description = "Socket is copied over standard input and output and a shell is started"
    reference = "https://attack.mitre.org/techniques/T1059/006/"
    date = "2026-11-23"
  strings:
    $d = /os\.dup2\(\s?\w{1,20}\.fileno\(\)\s?,\s?[012f]/
    $c = /\.connect_ex\(\(|\.[cC]onn[eE]ct\(\(|cre[aA][tT]e_[cC]onnect[iI]on\(\(/
    $x = /pty\.spawn\(|\/bin\/(ba|z)?sh|subprocess\.\w{3,12}\(|os\.system\(|cmd\.exe/
  condition:
    filesize < 500KB and (for any i in (1..#d) : ( i < 6 and ($c in (@d[i]-700..@d[i])) and ($x in (@d[i]..@d[i]+500)) ))
}

// Same with the address spelled out: a fixed operator, not a tool's template.
rule reverse_shell_py_fixed {
  meta:
    id = "reverse-shell-py-fixed"
    severity = "critical"
    confidence = "certain"
    description = "Socket to a fixed address is copied over standard input and output and a shell is started"
    reference = "https://attack.mitre.org/techniques/T1059/006/"
    date = "2026-11-23"
  strings:
    $d = /os\.dup2\(\s?\w{1,20}\.fileno\(\)\s?,\s?[012f]/
    $c = /\.connect(_ex)?\(\(\s?\\?["'][a-zA-Z0-9][\w-]{0,60}(\.[\w-]{1,60}){1,5}\\?["']\s?,\s?\d{2,5}\s?\)\)/
    $l = /\.connect(_ex)?\(\(\s?\\?["'](127\.|localhost|10\.0\.0\.1\\?["'])/
    $x = /pty\.spawn\(|\/bin\/(ba|z)?sh/
  condition:
    filesize < 100KB and not $l and (for any i in (1..#d) : ( i < 6 and ($c in (@d[i]-400..@d[i])) and ($x in (@d[i]..@d[i]+400)) ))
}

// Receive, run, send back: the hand-written form.
rule reverse_shell_py_loop {
  meta:
    id = "reverse-shell-py-loop"
    severity = "high"
    confidence = "likely"
    description = "Text received from a socket is run as a command and the output sent back"
    reference = "https://attack.mitre.org/techniques/T1059/006/"
    date = "2026-11-23"
  strings:
    $c = /\.[cC]onn[eE]ct\(\(|cre[aA][tT]e_[cC]onnect[iI]on\(\(/
    $r = /\.recv\(\s?[\w*]{1,12}\s?\)/
    $x = /os\b\.popen\(\s?\w|subprocess\.(check_output|Popen|getoutput|run)\(\s?[\w\[]/
    $s = /\.send(all)?\(\s?(\w{0,12}(out|res|output|result|stdout|response|data|cmd)\w{0,12}|str|b?["']|proc|p\.)/
  condition:
    filesize < 60KB and $c and (for any i in (1..#r) : ( i < 12 and ($x in (@r[i]..@r[i]+600)) and ($s in (@r[i]..@r[i]+1200)) ))
}

// Build script that opens a network shell.
rule reverse_shell_setup {
  meta:
    id = "reverse-shell-setup"
    severity = "critical"
    confidence = "certain"
    description = "Build script redirects a shell to a network address"
    reference = "https://attack.mitre.org/techniques/T1195/002/"
    date = "2026-11-23"
  strings:
    $i = /([fF]rom|import) (setuptools|[dD]istutils)/
    $a = /\b(ba|z)?sh -i ?(>&|&>|>) ?\/dev\/(tcp|udp)\/[\w.${}-]{3,60}\/[\w${}]{2,20}/
    $b = /\b(nc|ncat) [^\n]{0,60}-[a-z]{0,3}e ?["']?(\/bin\/(ba)?sh|cmd(\.exe)?)/
    $c = "pty.spawn("
    $d = /\.\bconne\Bct\(\(\s?\\?["'\w]/
  condition:
    filesize < 60KB and $i and ($a or $b or ($c and $d))
}

// The calls of a reverse shell as texts in one table: whoever writes them like that has them put together elsewhere. Look-alikes: lists of
// dangerous functions, which have no address and no shell among them.
rule reverse_shell_py_table {
  meta:
    id = "reverse-shell-py-table"
    severity = "high"
    confidence = "likely"
    description = "The calls of a reverse shell stand as texts in a table"
    reference = "https://attack.mitre.org/techniques/T1059.006/"
    date = "2026-11-29"
  strings:
    $d = /["']os\.dup2["']/
    $s = /["']socket\.socket["']/
    $c = /["']\w{1,12}\.connect["']/
    $p = /["'](pty\.spawn|subprocess\.(call|run|Popen)|os\.(system|execv[pe]?))["']/
    $h = /["']\/bin\/(ba|z|da)?sh["']/
  condition:
    filesize < 60KB and $d and $h and 2 of ($s, $c, $p)
}

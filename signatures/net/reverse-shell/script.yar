// Bash network redirection to an interactive shell. Appears as data in pentest lists; in a program's own strings it is a shell handed out.
rule reverse_shell_redirect {
  meta:
    id = "reverse-shell-redirect"
    severity = "high"
    confidence = "likely"
    description = "Interactive shell is redirected to a network address"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-23"
  strings:
    $a = /\b(ba|z|k)?sh -i ?(>&|&>|>|<) ?\/dev\/(tcp|udp)\/[\w.${}'"+ -]{1,60}\/[\w${}'"+ ]{2,30}/
    $b = /exec \d{1,3}<> ?\/de\Bv\/tcp\/[\w.${}-]{3,60}\/[\w${}]{2,20}/
    $c = /0>&1 {0,4}['"]?[^\n]{0,8}\/dev\/tcp\/|\/dev\/tcp\/[\w.${}-]{4,60}\/[\w${}]{2,20} {0,2}0>&1/
    $na = /\b(nc|ncat|netcat)(\.exe|\.traditional)? [^\n]{0,60}-[a-z]{0,4}(e|c) ?["']?(\/bin\/(ba)?sh|cmd(\.exe)?|powershell)/
    $nb = /mkfifo [\w\/.${}-]{2,40} ?(;|&&|\n)[^\n]{0,100}\b(sh|bash) -i ?(<\s?[\w\/.${}-]{2,40} ?)?2>&1 ?\| ?(nc|ncat|openssl s_client|telnet)/
    $nc = /socat [^\n]{0,60}exec:["']?(bash|\/bin\/sh|sh)[^\n]{0,60}(tcp|openssl)(4|-connect)?:/ nocase
    $nd = /(perl|ruby|php) (-rsocket )?-[er] ?['"][^\n]{0,100}(fsockopen|TCPSocket|use Socket;)/
    $use = /<\s?&\s?\d|>\s?&\s?[3-9]|\b(ba|z|k|da)?sh\b[^\n]{0,40}<|while read|cat <|eval|\bbash -i|read -r/ private
  condition:
    any of ($a, $c, $na, $nb, $nc, $nd) or ($b and for any i in (1..#b) : ( $use in (@b[i]..@b[i]+400) ))
}

// PowerShell socket stream whose text goes to iex; with a literal address there is no template left to fill in.
rule reverse_shell_powershell {
  meta:
    id = "reverse-shell-powershell"
    severity = "high"
    confidence = "certain"
    description = "PowerShell socket stream is read and executed"
    reference = "https://attack.mitre.org/techniques/T1059/001/"
    date = "2026-11-23"
  strings:
    $a = /Net\.Sockets\.TcpClient/ nocase
    $i = /\biex\b|Invoke-Expression|cmd\.exe|Process\]::Start|powershell/ nocase
    $g = /GetStream\(\)/ nocase
  condition:
    filesize < 200KB and (for any i in (1..#a) : ( i < 6 and ($g in (@a[i]..@a[i]+400)) and ($i in (@a[i]..@a[i]+900)) ))
}

// Go: lines that a connection sends are started as commands, and what they print goes back. Look-alikes: agents of one's own fleet, which
// speak a protocol and have their address from their settings.
rule reverse_shell_go {
  meta:
    id = "reverse-shell-go"
    severity = "high"
    confidence = "likely"
    description = "A Go program dials out, starts what it is told, and sends back what that prints"
    reference = "https://attack.mitre.org/techniques/T1059/"
    date = "2026-11-28"
  strings:
    $p = /(^|\n)package \w{1,40}/
    $d = /\b(net|tls)\.Dial(Timeout)?\(/
    $r = /\.ReadString\(|bufio\.NewScanner\(|\.Read\(/
    $x = /\bexec\.Command\(\s?[a-z]\w{0,20}(\[0\])?\s?[,)]|\bexec\.Command\("(\/bin\/)?(ba)?sh",\s?"-c",\s?[a-z]|\bexec\.Command\("cmd(\.exe)?",\s?"\/[cC]",\s?[a-z]/
    $w = /\b(c|conn|client|sock|s)\.Write\(|fmt\.Fprint(f|ln)?\(\s?(c|conn|client|s)\b|\.Std(in|out|err)\s?=\s?(c|conn|client|s)\b/
  condition:
    filesize < 100KB and $p and $r and $w and for any i in (1..#x) : ( i < 20 and $d in (@x[i]-2500..@x[i]+200) )
}

// Java: the streams of a process that was started and those of a connection that was opened are read into each other. Look-alikes: servers that
// start a program for each who connects (they accept, and open nothing), clients of language servers (the program is the other end).
rule reverse_shell_java {
  meta:
    id = "reverse-shell-java"
    severity = "high"
    confidence = "likely"
    description = "Java code opens a connection and ties it to the input and the output of a process that it starts"
    reference = "https://attack.mitre.org/techniques/T1059/"
    date = "2026-11-30"
  strings:
    $s = /\bnew Socket\s?\(|\bSocketChannel\.open\s?\(|\.createSocket\s?\(/
    $p = /\bnew ProcessBuilder\s?\(|getRuntime\s?\(\)\s?\.exec\s?\(/
    $t = /\.getInputStream\s?\(\)\s?,\s?\w{1,20}(\.\w{1,20}(\(\))?){0,2}\.getOutputStream\s?\(\)/
    $i = ".getInputStream("
    $o = ".getOutputStream("
    $e = /\b\w{1,12}\.getErrorStream\s?\(\)/
    $w = /\.write\s?\(\s?\w{1,12}\.read\s?\(\)\s?\)/
  condition:
    filesize < 100KB and $s and (#t > 1 or $e and #w > 1 and #i > 1 and #o > 1) and
    for any k in (1..#p) : ( k < 8 and $s in (@p[k]-1500..@p[k]+1500) )
}

// C#: the input of a process that is started is what a connection brings. Look-alikes: consoles of one's own servers, which listen.
rule reverse_shell_csharp {
  meta:
    id = "reverse-shell-csharp"
    severity = "high"
    confidence = "likely"
    description = "C# code opens a connection and hands what it brings to a process that it starts"
    reference = "https://attack.mitre.org/techniques/T1059/"
    date = "2026-11-30"
  strings:
    $s = /\bnew (System\.Net\.Sockets\.)?TcpClient\s?\(\s?[^)\s]/
    $c = /\.Connect(Async)?\s?\(\s?("|\w{1,24}\s?,)/
    $n = "TcpClient"
    $g = ".GetStream()"
    $r = /RedirectStandardInput\s?=\s?true/
    $w = /\.StandardInput(\.BaseStream)?\.(Write|WriteLine|WriteAsync|WriteLineAsync|Copy)|\.CopyToAsync\s?\(\s?\w{1,20}\.StandardInput/
    $l = "TcpListener"
  condition:
    filesize < 100KB and $n and ($s or $c) and $g and $r and $w and not $l
}

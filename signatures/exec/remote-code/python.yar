// exec(get("http://...").text): neither the host nor the transport is authenticated. The https form is the next rule, because notebooks use it.
rule remote_code_py_exec_plain_http {
  meta:
    id = "remote-code-py-exec-plain-http"
    severity = "critical"
    confidence = "certain"
    description = "Code fetched over plain HTTP is executed in one expression"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /(exec\(|eval\() ?(compile ?\( ?)?(__import__ ?\( ?['"](requests|urllib\.request|urllib3|httpx|urllib2|urllib)['"] ?\)[\w. ]{0,24}\. ?(get|urlopen|request|post) ?\(|(requests|httpx) ?\. ?(get|post) ?\(|(urllib2?\.)?(request\.)?_?u?urlopen ?\() ?[bf]?['"]http\b:\/\/[^\n]{0,160}(text|content|read|decode)/
  condition:
    $a
}

// exec(requests.get(url).text) and exec(urlopen(url).read()): whoever controls the address runs code. Installers document piping to an
// interpreter in a shell, they do not exec inside a package.
rule remote_code_py_exec_response {
  meta:
    id = "remote-code-py-exec-response"
    severity = "high"
    confidence = "certain"
    description = "The body of an HTTP response is executed in one expression"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /(exec\(|eval\() ?(compile ?\( ?)?(__import__ ?\( ?['"](requests|urllib\.request|urllib3|httpx|urllib2)['"] ?\)[\w. ]{0,20}\. ?(get|urlopen|request|post) ?\(|(requests|httpx) ?\. ?(get|post) ?\(|(urllib2?\.)?(request\.)?_?u?urlopen ?\()[^\n]{0,200}(text|content|read|decode|json)/
    $b = /(exec\(|eval\() ?(compile ?\( ?)?(\w{1,20}\.)?(get|urlopen|_uurlopen) ?\( ?f?["']https?:\/\/[^\n]{0,160}\) ?\. ?(text|content|read|decode|json)/
    // What installed setuptools and buildout in their day.
    $own = /https?:\/\/(bootstrap\.pypa\.io|bitbucket\.org\/pypa\/|raw\.github(usercontent)?\.com\/pypa\/|peak\.telecommunity\.com\/dist\/ez_setup)/ private
  condition:
    #a + #b > 0 and for any of ($a, $b) : ( $ and for any i in (1..#) : ( not $own in (@[i]..@[i]+160) ) )
}

// The same chain in several statements, at most 700 bytes apart. Look-alikes: notebook magics and REPL servers, which take code from their user, not a URL.
rule remote_code_py_two_step {
  meta:
    id = "remote-code-py-two-step"
    severity = "high"
    confidence = "likely"
    description = "A fetched response is kept in a variable and executed close by"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $g = /(requests|h\Bttpx) ?\. ?(get|post) ?\(|urlopen ?\(|\.getresponse ?\(/
    $e = /\n([^\n#]{0,40}([^\n#.\w]|builtins(__)?\.))?(exec\(|eval\() ?(compile ?\( ?)?[A-Za-z_][\w.]{0,40}(\.text|\.content|\.read ?\(|\.json ?\(| ?\)|\.decode ?\(|\[)/
  condition:
    #g < 60 and filesize < 150KB and for any i in (1..#g) : ($e in (@g[i]..@g[i]+700))
}

// A temporary file gets the text "urlopen(...).read()" inside exec and is started afterwards: the two-stage loader of many stealer packages.
rule remote_code_py_writes_loader {
  meta:
    id = "remote-code-py-writes-loader"
    severity = "critical"
    confidence = "certain"
    description = "Code writes a small program that fetches and executes remote code"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /\.write\( ?[bru]{0,2}["']{1,3}[^\n]{0,120}(urlopen|requests)[^\n]{0,60}exec ?\( ?[^\n]{0,40}(urlopen|requests\.get|\.get|\w{1,12}) ?\( ?['"]http/
    $b = /\.write\( ?[bru]{0,2}["']{1,3}[^\n]{0,80}exec ?\( ?(requests\.get|urlopen|urllib\.request\.urlopen|__import__)/
  condition:
    any of them
}

// exec/eval of recv() or of a TXT record. Debug servers (werkzeug, pydevd) evaluate within a protocol layer, not on the raw bytes.
rule remote_code_py_dns_or_socket {
  meta:
    id = "remote-code-py-dns-or-socket"
    severity = "high"
    confidence = "likely"
    description = "Data received from a raw socket or DNS answer is executed"
    reference = "https://attack.mitre.org/techniques/T1071.004/"
    date = "2026-11-23"
  strings:
    $a = /(exec|eval|os\.system|os\.popen) ?\( ?(\w{1,20}\.)?(recv|so\Bck\.recv|s\b\.recv) ?\( ?\d{2,6} ?\)/
    $b = /=[^\n]{0,20}\.recv ?\( ?\d{2,6} ?\)[^\n]{0,60}\n([^\n]{0,120}\n){0,3}[^\n]{0,40}(exec|eval|os\.popen|os\.system|subprocess\.(Popen|run|getoutput|check_output)) ?\( ?(data|cmd|command|buf|msg|code|payload)/
    $c = /(exec\(|eval\()[^\n]{0,80}(resolve\Br\.query\(|resolve\()[^\n]{0,80}['"]TXT['"]/
  condition:
    any of them and filesize < 200KB
}

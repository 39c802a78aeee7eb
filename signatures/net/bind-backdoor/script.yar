// Request variable executed: the web-shell core. `pattern.exec(req.url)` only looks for a pattern.
rule bind_backdoor_webshell {
  meta:
    id = "bind-backdoor-webshell"
    severity = "high"
    confidence = "certain"
    description = "Web request variable is executed"
    reference = "https://attack.mitre.org/techniques/T1505/003/"
    date = "2026-11-23"
  strings:
    $a = /\b(eval|assert|system|passthru|shell_exec|exec|popen|proc_open)\s?\(\s?@?(base64_decode\(|gzinflate\(|str_rot13\(|stripslashes\(|urldecode\(|trim\(){0,3}\s?\$_(GET|POST|REQUEST|COOKIE|SERVER|FILES)\s?\[/
    $b = /\b(eval|instance_eval|system|exec)[\( ]{1,2}(Base64\.\w{6,20}decode\w{0,4}\(|Marshal\.load\()?\s?(params\[|reque\Bst\.(cookies|env|headers|params)|cookies\[|Rac\Bk::Request|env\[["']HTTP_)/
    $pa = /(os\.popen|os\.system|subprocess\.(check_output|Popen|getoutput|run|call)|\bexec|\beval)\(\s?\[?(flask\.)?reque\Bst\.(args|form|values|headers|cookies|json|data|get_json|GET|POST|META|query_params)\b/
    $ja = /(execSync|\b(child_process|childProcess|cp|proc|shell|sh)(["']\))?\.exec|[^.\w$]exec|\beval|new Function|spawnSync)\(\s?(req|request|ctx|ctx\.request|event)\.(query|body|params|headers|cookies|url)\b/
    $jb = /(execSync|\b[eE]val|new Function)\(\s?(Buff\Ber\.from|atob|dec[oO]deURIComponent)\(\s?(req|request|ctx)\.(query|body|params|headers|cookies|url)\b/
  condition:
    any of them
}

// What a header or a parameter says is run by a shell, once another one has a digest that stands there. Servers of web hooks run what their
// settings name.
rule bind_backdoor_digest_shell {
  meta:
    id = "bind-backdoor-digest-shell"
    severity = "critical"
    confidence = "likely"
    description = "A web handler runs what a request says when another part of it has a built-in digest"
    reference = "https://attack.mitre.org/techniques/T1505/003/"
    date = "2026-11-29"
  strings:
    $r = /\b(r|req|request|c|ctx)\.(Header\.Get|FormValue|URL\.Query\(\)\.Get|PostFormValue|GetHeader|Query|PostForm)\("/
    $x = /exec\.Command(Context)?\([^\n]{0,40}"(\/bin\/)?(ba)?sh", ?"-c", ?(string\()?[a-z]\w{0,30}\)?\)/
    $x2 = /exec\.Command(Context)?\([^\n]{0,40}"(cmd|powershell)(\.exe)?", ?"(\/c|\/C|-c|-Command)", ?(string\()?[a-z]\w{0,30}\)?\)/
    $h = /sha(256|512|1)\.(Sum|New)|md5\.Sum|hmac\.New/
    $d = /= ?"[0-9a-f]{40,128}"/
  condition:
    filesize < 80KB and $r and ($x or $x2) and $h and $d
}

// What is received is compared with a few letters and the rest goes to a shell. Look-alikes: servers of protocols compare the same way, and start
// programs of their own with what they parsed.
rule bind_backdoor_c_prefix {
  meta:
    id = "bind-backdoor-c-prefix"
    severity = "high"
    confidence = "likely"
    description = "C code runs what a connection sends behind a fixed prefix"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-30"
  strings:
    $r = /\b(recv|recvfrom|SSL_read)\s?\(/
    $m = /\b(memcmp|strncmp)\s?\(\s?\w{1,24},\s?"[^"\n]{2,12}",\s?(\d{1,2}|sizeof)/
    $x = /\b(system|popen)\s?\(\s?\w{1,24}\s?\+\s?\d{1,2}\s?[,)]/
  condition:
    filesize < 100KB and $r and $m and for any i in (1..#x) : ( i < 8 and $m in (@x[i]-400..@x[i]) )
}

// Pipes are read by whoever started the command; here each block goes on to a socket. Look-alikes: servers of CGI start a file of their own by
// its path, with the streams tied.
rule bind_backdoor_c_output {
  meta:
    id = "bind-backdoor-c-output"
    severity = "high"
    confidence = "likely"
    description = "C code starts a command line that a function is handed and writes what it prints into a connection"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-30"
  strings:
    $p = /\bpopen\s?\(\s?[a-z]\w{0,20},\s?"r"\s?\)/
    $w = /\b(write|send|SSL_write)\s?\(\s?(\w{1,16}(->|\.))?(fd|sock|sockfd|conn|client|s|cfd|ssl)\b,\s?\w{1,20},/
    $r = /\b(fread|fgets|read|getline)\s?\(/
  condition:
    filesize < 100KB and $r and for any i in (1..#p) : ( i < 8 and $w in (@p[i]..@p[i]+400) )
}

// What somebody sends is a command when a number made of its first letters is the right one; the letters themselves do not stand there. Look-alikes:
// tables of commands by their hashes, which call functions of their own.
rule bind_backdoor_c_digest {
  meta:
    id = "bind-backdoor-c-digest"
    severity = "high"
    confidence = "likely"
    description = "C code starts a command line that it is handed when the number made of its first letters is a fixed one"
    reference = "https://attack.mitre.org/techniques/T1205/"
    date = "2026-11-30"
  strings:
    $m = /(hash|crc|fnv|djb|digest|sum|adler|murmur|jenkins)\w{0,20}\s?\(\s?[^;{}\n]{1,48}\)\s?[!=]=\s?0x[0-9a-fA-F]{7,16}/ nocase
    $x = /\b(system|popen)\s?\(\s?[a-z]\w{0,20}(\s?\+\s?\w{1,12})?\s?[,)]/
  condition:
    filesize < 100KB and for any i in (1..#x) : ( i < 8 and $m in (@x[i]-500..@x[i]) )
}

// Pages that a server runs hand a parameter to a program or to the language itself. Look-alikes: pages that start a program of their own by its name,
// and read parameters for something else.
rule bind_backdoor_server_page {
  meta:
    id = "bind-backdoor-server-page"
    severity = "high"
    confidence = "likely"
    description = "A page of a web server executes what a request says"
    reference = "https://attack.mitre.org/techniques/T1505/003/"
    date = "2026-12-01"
  strings:
    $tag = "<%"
    $p = /\brequest\.get(Parameter|Header|QueryString)\(/
    $x = /getRuntime\(\)\.exec\(\s?(new String\[\]\s?\{[^}\n]{0,120},\s?)?(request\.get\w{6,12}\([^()\n]{1,40}\)|[a-z]\w{0,20})\s?[)}]/
    $x2 = /new ProcessBuilder\(\s?("[^"\n]{1,40}",\s?){0,3}(request\.get\w{6,12}\([^()\n]{1,40}\)|[a-z]\w{0,20})\s?\)/
    $eval = /\beval\s?\(\s?Request(\.(Item|Form|QueryString|Params|Headers|Cookies))?[\[(][^\n]{1,60},\s?["']unsafe["']/
    $asp = /\b(eval|execute|executeglobal)\s?\(?\s?request(\.(form|querystring|cookies|servervariables))?\s?\(\s?["']/ nocase
    $net = /(Process\.Start\(\s?|FileName\s?=\s?|Arguments\s?=\s?("\/c\s?"\s?\+\s?)?)Request(\.(Item|Form|QueryString|Params|Headers|Cookies))?\[/
  condition:
    filesize < 100KB and $tag and ($eval or $asp or $net or $p and ($x or $x2))
}

// Capability: compiled extensions, versioneer and scikit-build all set cmdclass.
rule install_hook_py_cmdclass {
  meta:
    id = "install-hook-py-cmdclass"
    severity = "info"
    confidence = "hint"
    description = "A setup script replaces an install command"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $c = "cmdclass" fullword
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and $c
}

// requests/httpx in setup.py cannot even be imported on a clean machine; honest builds that fetch a binary use urllib and are the next rule.
rule install_hook_py_network {
  meta:
    id = "install-hook-py-network"
    severity = "high"
    confidence = "likely"
    description = "A setup script talks to the network through an HTTP library"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $a = /(requests\.get\(|requests\.post\(|requests\.put\(|requests\.request\(|requests\.Session\()|__import\B__\( ?['"]requests['"]|aiohttp\.ClientSession\(|httpx\.(get|post|Client)\(/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and $a and filesize < 60KB
}

// urlopen/urlretrieve/http.client in setup.py. Look-alikes: binary wheels that fetch their tool (chromedriver, nvidia stubs, playwright).
rule install_hook_py_urllib {
  meta:
    id = "install-hook-py-urllib"
    severity = "medium"
    confidence = "likely"
    description = "A setup script opens an URL"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $a = "urlopen("
    $b = "urlretrieve("
    $c = /http\.client\.HTTPS?Connection\(/
    $d = /sock\Bet\.(create_connection|gethostbyname|getaddrinfo) ?\( ?f?["'\w]/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and any of ($a,$b,$c,$d)
}

// Host name, user name or working directory plus an outgoing request or lookup in the file that runs at install: the dependency-confusion
// beacon. Build scripts read platform.machine(), not the user.
rule install_hook_py_identity_beacon {
  meta:
    id = "install-hook-py-identity-beacon"
    severity = "critical"
    confidence = "certain"
    description = "A setup script collects host or user identity and sends it out"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $i1 = "gethostname("
    $i2 = "getpass.getuser"
    $i3 = "os.getlogin("
    $i4 = "platform.node("
    $i5 = /['"](whoami|uname -a|ipconfig( \/all)?|ifconfig|sys\Bteminfo)['"]/
    $i6 = "getfqdn("
    $n1 = /(requests\.post\(|requests\.get\(|requests\.put\() ?/
    $n2 = /urlopen ?\( ?/
    $n3 = /gethostbyname ?\( ?/
    $n4 = /http\.client\.HTTPS?Connection\(/
    $n5 = /(curl|wget|nslookup|ping) [^\n]{0,60}(\$\(|`|\{)/
    $n_all = /(requests\.post\(|requests\.get\(|requests\.put\()|urlopen ?\(|gethostbyname ?\(|http\.client\.HTTPS?Connection\(/
    $f1 = /:\/\/|\.(site|fun|live|pro|online|com|net|org|invalid|example|xyz)['"]/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and (2 of ($i*) or for any i in (1..#n1) : (any of ($i*) in (@n1[i]..@n1[i]+400)) or (#n_all < 40 and for any i in (1..#n_all) : (any of ($i*) in (@n_all[i]-700..@n_all[i]+300)))) and any of ($n1,$n2,$n3,$n4,$n5) and $f1 and filesize < 40KB
}

// The whole environment in an outgoing request at install time. Builds pass env to compilers, never to a server.
rule install_hook_py_env_dump {
  meta:
    id = "install-hook-py-env-dump"
    severity = "critical"
    confidence = "certain"
    description = "A setup script sends the environment variables out"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $e1 = /(dict|str|list|repr|dumps|urlencode) ?\( ?(dict\()?os\.environ\b|os\.environ\.(items|copy)\(\)|(json|data|params) ?= ?(dict\()?os\.environ\b/
    $n1 = /requests ?\.post ?\(/
    $e2 = /(dumps|urlencode|str|repr) ?\( ?(dict\( ?)?os\.environ\b|(data|json|params) ?= ?(dict\( ?)?os\.environ\b|['"]printenv['"]|curl [^\n]{0,60}\$\((env|printenv)/
    $n2 = /urlopen ?\(|http\.client\.HTTPS?Connection\(|(requests\.get\(|requests\.put\()|curl [^\n]{0,60}(-d|--data|-F|-X POST)/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and (($e1 and $n1) or ($e2 and $n2)) and filesize < 40KB
}

// Out-of-band collectors, webhooks and bot APIs as literal hosts in setup.py together with a call that reaches the network.
rule install_hook_py_oob_host {
  meta:
    id = "install-hook-py-oob-host"
    severity = "critical"
    confidence = "certain"
    description = "A setup script contacts a request-collector or chat-hook host"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $h = /(\.oastify\.com|burpcollaborat\Bor\.net|\binteract\.sh|\.oast\.(fun|site|live|pro|me|online)|\boa\Bst\.(fun|site|live|pro|me|online)|webhook\.site|\.pipedrea\Bm\.net|\.\brequestbin\.(net|com)|canarytokens\.(com|org)|\.dnslog\.cn|\.ceye\.io|\.requestcatcher\.com|\.beecept\Bor\.com|\.ngrok(-free)?\.(io|app)|discord(app)?\.\bcom(\.invalid)?\/api\/(v\d{1,2}\/)?webhooks|ap\Bi\.telegram\.org(\.invalid)?\/bot)/
    $n_req = /req[uU]ests( \.|\.)(get|post|put|request|Session)( \(|\()/
    $n_open = "urlopen("
    $n_retr = "urlretrieve("
    $n_hc = /http\.client\.HTTPS?Connection\(/
    $n_hx = /httpx\.(get|post|Client)\(/
    $n_sock = "connect(("
    $n_aio = "aiohttp.ClientSession("
    $p_sub = /subprocess( \.|\.)(Popen|call|run|check_call|check_output|getoutput|getstatusoutput)( \(|\()/
    $p_sys = "os.system("
    $p_pop = "os.popen("
    $p_start = "os.startfile("
    $n_dns = "gethostbyname("
    $n_b = "http.client"
    $cmd = /(curl|wget|nslookup|powershell) /
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and $h and (any of ($n_*) or (any of ($p_*) and $cmd))
}

// Any decoder in the argument of exec inside setup.py. exec(open("version.py").read()) does not match.
rule install_hook_py_decode_exec {
  meta:
    id = "install-hook-py-decode-exec"
    severity = "critical"
    confidence = "certain"
    description = "A setup script executes decoded, decrypted or fetched code"
    reference = "https://attack.mitre.org/techniques/T1140/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $a = /(exec\(|eval\() ?(compile ?\( ?)?(__import__ ?\( ?['"](base64|zlib|marshal|requests|urllib|builtins|codecs|lzma|bz2|gzip|fernet|cryptography|Crypto)|base64\.|zlib\.decompress|marshal\.loads|codecs\.decode|b64decode|bytes\.fromhex|Fernet ?\(|AES\.new|requests ?\.(get|post)|urllib2?\.(request\.)?urlopen|urlopen ?\(|gzip\.decompress|lzma\.decompress|bz2\.decompress)/
    $b = /(exec\(|eval\()[^\n]{0,60}(b64decode ?\(|\.decompress ?\(|\.fromhex ?\(|\.decrypt ?\(|marshal\.loads|rot_?13|[rR]equests\.get ?\(|urlopen ?\(|unhexlify ?\()/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 900KB and ($a or $b)
}

// One actor alone shipped thousands of packages of this shape. Builds that call PowerShell (to find Visual Studio) do not hide or encode it.
rule install_hook_py_powershell {
  meta:
    id = "install-hook-py-powershell"
    severity = "critical"
    confidence = "certain"
    description = "A setup script starts PowerShell hidden, encoded or with a download"
    reference = "https://attack.mitre.org/techniques/T1059.001/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $p = /powershell(\.exe)?["',\s][^\n]{0,200}(-w(in(dowstyle)?)?["',\s]{1,4}h(idden)?|-e(nc|ncodedcommand)?["',\s]{1,4}[A-Za-z0-9+\/=]{20}|Invoke-WebRequest|\biwr |DownloadString|DownloadFile|Invoke-Expression|\biex\b|Start-BitsTransfer|Start-Process|FromBase64String|Invoke-RestMethod|Net\.WebClient)/i
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 400KB and $p
}

// os.system("curl ... | bash") and its relatives inside setup.py. Look-alikes print such commands as advice; the call around it is required.
rule install_hook_py_shell_fetch {
  meta:
    id = "install-hook-py-shell-fetch"
    severity = "high"
    confidence = "certain"
    description = "A setup script runs a shell command that downloads or pipes code"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $a = /(os\.system|os\.popen|subprocess\.\w{3,14}|\b(system|popen|Popen|run|call|check_output)) ?\( ?\[?f?[bru]{0,2}["']{1,3}[^\n]{0,80}(curl|wget|c\Bertutil|b\Bitsadmin|mshta|fetch)["',\s][^\n]{0,160}(\| ?(ba|z|da)?sh\b|\| ?python|chmod|&& ?\.?\/|-urlcache|; ?(ba)?sh |http:\/\/\d{1,3}\.\d)/
    $b = /(os\.system|os\.popen|subprocess\.\w{3,14}) ?\( ?\[?f?["']{1,3}[^\n]{0,120}(\/dev\/tcp\/|nc -e|ncat |bash -i|base64 (-d|--decode)|mkfifo)/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and ($a or $b)
}

// curl/wget started from setup.py. Look-alikes: build scripts that fetch a source tarball; those pin a release of the same project.
rule install_hook_py_shell_curl {
  meta:
    id = "install-hook-py-shell-curl"
    severity = "high"
    confidence = "likely"
    description = "A setup script calls curl or wget"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $p_sub = /subprocess( \.|\.)(Popen|call|run|check_call|check_output|getoutput|getstatusoutput)( \(|\()/
    $p_sys = "os.system("
    $p_pop = "os.popen("
    $p_start = "os.startfile("
    $a = /["'](sudo )?(curl|wget|nslookup|certutil|bitsadmin)(\.exe)?(["'],\s{0,12}f?["'](-|https?:)| [^\n"']{0,120}(https?:|\.(com|net|org|io|xyz|top|me|sh|invalid)\b|\d\.\d{1,3}\.|\{|%s|-[a-zA-Z]))/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and $a and any of ($p_*)
}

// Fetch, write and start in one small setup.py. Look-alikes that fetch a build tool call a compiler afterwards, not startfile or an .exe.
rule install_hook_py_download_run {
  meta:
    id = "install-hook-py-download-run"
    severity = "high"
    confidence = "certain"
    description = "A setup script downloads a file and starts a program"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $n1 = /requests ?\.get ?\(|urlretrieve ?\(|urlopen ?\(/
    $w = /['"]wb['"]|urlretrieve|\.write\(/
    $r1 = /os\.startfile ?\(|subprocess\.(Popen|call|run) ?\( ?\[? ?(\w{0,20}(path|file|exe|name|dest|out|tmp|temp|bin)\w{0,12}|['"][^'"\n]{0,60}\.(exe|bat|ps1|vbs|sh|pyw|scr))|os\.system ?\( ?f?["'](start |\.\/|\{)?[^\n]{0,60}\.(exe|bat|ps1|vbs|sh|pyw)|os\.execv/
    $x = /\.(exe|scr|bat|ps1|vbs|pyw|msi)\b|chmod ?\(|chmod \+x|t\Bempfile|gett\Bempdir|AppData|TEMP\b/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and all of ($n1,$w,$r1,$x) and filesize < 30KB
}

// CREATE_NO_WINDOW, DETACHED_PROCESS, pythonw or start_new_session at install: a build step never needs to outlive or hide from its console.
rule install_hook_py_hidden_process {
  meta:
    id = "install-hook-py-hidden-process"
    severity = "medium"
    confidence = "certain"
    description = "A setup script starts a hidden or detached process"
    reference = "https://attack.mitre.org/techniques/T1564.003/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $a = "CREATE_NO_WINDOW"
    $b = "DETACHED_PROCESS"
    $c = "start_new_session=True"
    $d = /cr\Beat\Bionflags ?= ?(0x0?8000000|134217728|0x8\b)/
    $e = /(start |['"])pyt\Bhonw(\.exe)?['" ]/
    $f = /(nohup |> ?\/dev\/null 2>&1 ?&['" ])/
    $h = "SW_HIDE"
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and any of ($a,$b,$c,$d,$e,$f,$h) and filesize < 60KB
}

// class X(install) whose run() spawns. Look-alikes: post-install steps that register a kernel, build a front end or fetch model data.
rule install_hook_py_run_spawn {
  meta:
    id = "install-hook-py-run-spawn"
    severity = "medium"
    confidence = "likely"
    description = "An overridden install command starts a process"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $k = /(in\Bstall|develop|egg_info|bdis\Bt_egg|install_scripts|install_lib|easy_install|Ins\BtallCommand|install_orig) ?\) ?:/
    $p_sub = /subprocess( \.|\.)(Popen|call|run|check_call|check_output|getoutput|getstatusoutput)( \(|\()/
    $p_sys = "os.system("
    $p_pop = "os.popen("
    $p_start = "os.startfile("
    $x = /\bexec ?\( ?[^o\s]/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and $k and (any of ($p_*) or $x)
}

// Covering every entry (install, develop, egg_info) makes a payload run even under pip download. Look-alikes: code generators that need all build paths.
rule install_hook_py_egg_info_and_install {
  meta:
    id = "install-hook-py-egg-info-and-install"
    severity = "medium"
    confidence = "likely"
    description = "A setup script runs one helper from install and from egg_info or develop"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $i = /\b_?in\Bstall ?\) ?:/
    $e = /\b_?(egg_info|deve\Blop) ?\) ?:/
    $c = /['"](egg_info|deve\Blop)['"] ?: ?\w/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and all of ($i,$e,$c)
}

// socket + dup2 + shell, pty.spawn over a connection or /dev/tcp inside setup.py.
rule install_hook_py_reverse_shell {
  meta:
    id = "install-hook-py-reverse-shell"
    severity = "critical"
    confidence = "certain"
    description = "A setup script opens a shell to a remote host"
    reference = "https://attack.mitre.org/techniques/T1059.004/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $d = /os\.dup2 ?\( ?\w{1,12}\.fileno/
    $t = /\/dev\/tcp\/\d{1,3}\./
    $p = "pty.spawn("
    $n = /\bnc(at)? [^\n]{0,40}-(e|c) ?\/bin/
    $k = "connect(("
    $s = /\/bin\/bash|\/bin\/sh|cmd\.exe|powershell/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and ($t or $n or ($k and $s and ($d or $p)))
}

// .connect(("host", port)) in setup.py. The one honest idiom, asking the kernel for the local address through 8.8.8.8, still has no place in a build.
rule install_hook_py_socket {
  meta:
    id = "install-hook-py-socket"
    severity = "high"
    confidence = "likely"
    description = "A setup script opens a raw socket"
    reference = "https://attack.mitre.org/techniques/T1095/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $k = /\.connect ?\( ?\( ?['"\w]/
    $s = /socket\.socket|import socket|from socket/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and $k and $s
}

// A text is stored under APPDATA, TEMP or home and started with the interpreter. Honest setup scripts write version files in their own tree.
rule install_hook_py_write_run_py {
  meta:
    id = "install-hook-py-write-run-py"
    severity = "critical"
    confidence = "likely"
    description = "A setup script writes a program to a user directory and starts it"
    reference = "https://attack.mitre.org/techniques/T1059.006/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $d = /getenv ?\( ?['"](APPDATA|LOCALAPPDATA|TEMP|temp|TMP|USERPROFILE|ProgramData|PUBLIC)['"]|environ\[ ?['"](APPDATA|LOCALAPPDATA|TEMP|TMP|USERPROFILE)['"]|expanduser\( ?['"]~|gettempdir\(|NamedTemporaryFile\(|mkdtemp\(|['"]\/tmp\//
    $w = /\.write(_text|_bytes)? ?\(/
    $r = /(Popen|call|run|check_call|system|startfile) ?\( ?\[? ?(sys\.executable|['"]python[w3]{0,2}(\.exe)?['"]|exe\Bcutable) ?,? ?[^\n]{0,6}\w{1,30}(path|file|script|name|tmp|temp|py)\b|system ?\( ?f?['"](start )?(python[w3]{0,2}|\{executable|\{sys)[^\n]{0,60}(tmp|temp|path|name|\.pyw?)/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and all of ($d,$w,$r)
}

// pip started from setup.py hides dependencies from review. Look-alikes: old projects that bootstrap numpy or Cython.
rule install_hook_py_pip_other {
  meta:
    id = "install-hook-py-pip-other"
    severity = "medium"
    confidence = "likely"
    description = "A setup script installs further packages with pip"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $a = /['"]?-m['"]?,? ?['"]?pip['"]?,? ?['"]?in\Bstall|(system|run|call|Popen|popen|check_call) ?\( ?\[?f?['"](py -m |python3? -m )?pip3?['"]?,? ?['"]?in\Bstall|pip\.main\(|pip\._internal/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and $a
}

// python -c "import pkg" after install triggers the payload without waiting for the user. Look-alikes: smoke tests and nltk/spacy data steps.
rule install_hook_py_import_self {
  meta:
    id = "install-hook-py-import-self"
    severity = "medium"
    confidence = "likely"
    description = "A setup script starts the interpreter to import or run the new package"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $a = /(Popen|call|run|check_call|check_output|system|popen) ?\( ?\[?f?['"]?(sys\.executable|python|python3|pythonw)["',\s]{1,6}-c["',\s]{1,6}(im|fr|ex|__)[a-z]/
    $b = /\.write ?\( ?f?["']{1,3}(import|from) \w{1,40}[^\n]{0,60}["']{1,3} ?\)/
    $r = /Popen\(|call\(|run\(|system\(|startfile\(|Popen \(/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and ($a or ($b and $r))
}

// try: send or spawn; except: pass. A build wants to know that its step failed.
rule install_hook_py_silent {
  meta:
    id = "install-hook-py-silent"
    severity = "medium"
    confidence = "likely"
    description = "A setup script does network or process work and swallows every error"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $e = /exc\B(ept Exception|ept B\BaseException|ept:)[^\n]{0,20}\n?[ \t]{0,16}(pass|continue|return)\b/
    $n_req = /req[uU]ests( \.|\.)(get|post|put|request|Session)( \(|\()/
    $n_open = "urlopen("
    $n_retr = "urlretrieve("
    $n_hc = /http\.client\.HTTPS?Connection\(/
    $n_hx = /httpx\.(get|post|Client)\(/
    $n_sock = "connect(("
    $n_aio = "aiohttp.ClientSession("
    $p_sys = /(os\.system|os\.popen|os\.[sS]tartfile)( \(|\()/
    $p_pop = /subprocess\.Popen ?\(/
    $n_dns = "gethostbyname("
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and $e and (any of ($n_*) or any of ($p_*))
}

// atexit in setup.py delays the payload until pip has finished. Look-alikes: cleanup of temporary build directories.
rule install_hook_py_atexit {
  meta:
    id = "install-hook-py-atexit"
    severity = "medium"
    confidence = "likely"
    description = "A setup script registers work for the end of the install process"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $a = "atexit.register("
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and $a
}

// Key, token or browser stores named in setup.py beside a network call. Nothing in a build needs them.
rule install_hook_py_secret_read {
  meta:
    id = "install-hook-py-secret-read"
    severity = "critical"
    confidence = "likely"
    description = "A setup script reads credential files and reaches the network"
    reference = "https://attack.mitre.org/techniques/T1552.001/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $c = /\.ssh\/|id_rsa|\.[aA]ws\/credentials|\.git-credentials|\.netrc|\.kube\/config|\.npmrc|\.pypirc|Login Data|[lL][oO][cC]al S[tT]ate|leveldb|wallet\.dat|\/etc\/passwd|\/etc\/shadow|\.b[aA]sh_history/
    $n_req = /req[uU]ests( \.|\.)(get|post|put|request|Session)( \(|\()/
    $n_open = "urlopen("
    $n_retr = "urlretrieve("
    $n_hc = /http\.client\.HTTPS?Connection\(/
    $n_hx = /httpx\.(get|post|Client)\(/
    $n_sock = "connect(("
    $n_aio = "aiohttp.ClientSession("
    $n_curl = /(curl|wget) /
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and $c and any of ($n_*) and filesize < 60KB
}

// Startup folder, Run key, shell profile, crontab or user unit touched at install. Look-alike: completions installers that print advice.
rule install_hook_py_persist {
  meta:
    id = "install-hook-py-persist"
    severity = "high"
    confidence = "certain"
    description = "A setup script writes to a start-up location"
    reference = "https://attack.mitre.org/techniques/T1547.001/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $a = /Start Menu[\\\/]{1,4}Programs[\\\/]{1,4}Startup|CurrentVersion\\{1,2}Run\b|schtasks[^\n]{0,40}\/(create|CREATE|Create)|crontab -|authorized_keys/
    $b = /open ?\([^\n]{0,60}(\.(bashrc|zshrc|profile|bash_profile)['"][^\n]{0,6}['"]a|\.config\/(systemd|autostart)|LaunchAgents|\/etc\/cron)/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and any of ($a,$b)
}

// PEP 517 hooks run at pip install like setup.py. Look-alikes: binary wheels that fetch a release in the hook; they neither exec nor use a shell.
rule install_hook_py_build_backend {
  meta:
    id = "install-hook-py-build-backend"
    severity = "medium"
    confidence = "likely"
    description = "A build backend hook reaches the network, spawns a shell or executes decoded text"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $h = /\ndef (build_wheel|prepare_metadata_for_build_wheel|get_requires_for_build_wheel|build_sdist|build_editable|get_requires_for_build_sdist)( \(|\()/
    $x1 = /requests\.get\(|requests\.post\(|os\.system\(|os\.popen\(/
    $x2 = /(exec\(|eval\() ?(compile ?\( ?)?(base64|zlib|marshal|b64decode|requests|urlopen|__import__)/
    $x3 = /shell ?= ?True/
    $n = /urlopen\(|urlretrieve\(/
    $i = /gethostname\(|getuser\(|os\.environ\.items\(|os\.environ\.copy\(|dict\(os\.environ/
  condition:
    $h and filesize < 40KB and (any of ($x1,$x2) or ($n and ($x3 or $i)))
}

// A setup script writes where pip looks for packages into the user's own settings. Look-alikes: documentation of a private index;
// tools that set up a machine, which are no setup scripts.
rule install_hook_py_pip_settings {
  meta:
    id = "install-hook-py-pip-settings"
    severity = "high"
    confidence = "certain"
    description = "A setup script points the user's pip at another index"
    reference = "https://attack.mitre.org/techniques/T1195/001/"
    date = "2026-12-01"
  strings:
    $s = /\bset\Bup\s?\(/
    $p = /\bpip\.(conf|ini)["']|\/pip\/pip\.conf/
    $i = /["'](extra-index-url|index-url|trusted-host)["']|(extra-)?index-url\s?=/
    $u = /["'\s]https?:\/\//
    $w = /\.write\(|write_text\(|config set global\./
  condition:
    filesize < 100KB and all of them
}

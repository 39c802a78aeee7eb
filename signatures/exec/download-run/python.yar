// An URL that ends in an executable suffix, a write and a start in one small file. Look-alikes: driver managers and updaters, which build the
// URL from a version and check a digest.
rule download_run_py_exe_url {
  meta:
    id = "download-run-py-exe-url"
    severity = "high"
    confidence = "certain"
    description = "Code downloads a Windows program from a literal address and starts it"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $u = /["'](https?:)?\/\/[^"'\s]{6,200}\.(exe|bat|ps1|vbs|scr|msi|pyw|cmd|hta|dll)(\?[^"'\s]{0,200})?["']/
    $g = /requests\.get\(|urlretrieve ?\(|urlopen ?\(|wget\.download|\bget ?\( ?(url|link|["']http)|curl |Invoke-WebRequest|DownloadFile|\.download\(/
    $r = /os\.[sS]tartfile ?\(|subprocess\.(Popen|call|run|check_call) ?\(|os\.system ?\(|os\.exec[vl]|ShellExecute|\b[sS]tartfile ?\(|\bPopen ?\(/
    $h = /sha(256|512)|hashlib|che\Bcksum/
  condition:
    $u and $g and $r and not $h and filesize < 40KB
}

// get -> open("wb") -> start, close together. Look-alikes: installers of drivers and browsers; they unpack an archive first.
rule download_run_py_write_start {
  meta:
    id = "download-run-py-write-start"
    severity = "high"
    confidence = "likely"
    description = "A response body is written to a file that is started within a few lines"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $g = /requests\.get\([^\n]{2,160}\)/
    $u = /urlretrieve ?\([^\n]{2,200}\)|\.write ?\( ?[\w.(]{0,60}(urlopen|requests\.get) ?\(/
    $w = /\.write ?\( ?\w{1,20}(\.content|\.text|\.read\(\))/
    $r = /os\.[sS]tartfile ?\(|\b[sS]tartfile ?\( ?|os\.system ?\( ?(f?["']([sS]tart|py |python|\.\/|cmd|call|\{)[^\n]{0,80}|f?["'][^\n"']{1,60}\.(exe|py|pyw|bat|sh|ps1)|\w{1,20}(path|file|name)\w{0,4} ?\))|subprocess\.(Popen|call|run|check_call) ?\( ?\[? ?(f?["'][^"'\n]{0,80}\.(exe|bat|pyw?|ps1|sh)|\w{0,20}(path|file|exe|name|dest|output)\w{0,12} ?[\],)]|["']python[w3]{0,2}["'], ?\w{1,20})/
    $n = /\b(requests|urllib|urlopen|httpx|aiohttp|http\.client)\b/ private
    $h = /sha(256|512)|che\Bcksum|hashlib/
  condition:
    (#g + #u) < 40 and filesize < 60KB and not $h and (for any i in (1..#u) : ($r in (@u[i]..@u[i]+600)) or ($n and for any i in (1..#w) : ($r in (@w[i]..@w[i]+500))))
}

// Download, user-writable directory and hidden-window start in one file of moderate size. Updaters show themselves.
rule download_run_py_temp_hidden {
  meta:
    id = "download-run-py-temp-hidden"
    severity = "high"
    confidence = "likely"
    description = "A file fetched to a temporary or profile directory is started hidden"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $g = /requests\.get\(|urlretrieve ?\(|urlopen ?\(/
    $t = /getenv ?\( ?['"](APPDATA|LOCALAPPDATA|TEMP|temp|TMP)['"]|envi\Bron(\.get)?[\[(] ?['"](APPDATA|LOCALAPPDATA|TEMP|TMP|USERPROFILE)['"]|gettempdir\(|NamedTemporaryFile\(|mkstemp\(|AppData[\\\/]/
    $d = /CREATE_NO_WINDOW|DETACHED_PROCESS|SW_HIDE|creationflags ?= ?(0x0?8000000|134217728)|-WindowStyle["',\s]{1,4}Hidden|attrib["',\s]{1,4}\+h|start_new_session ?= ?True/i
    $w = /['"]wb['"]|urlretrieve|wri\Bte_bytes|\.write\(/
    $r = /subprocess\.(Popen|call|run) ?\(|s\Btartfile ?\(|os\.system ?\(|\bPopen ?\(/
    $h = /sha(256|512)|hashlib|che\Bcksum/
  condition:
    all of ($g,$t,$d,$w,$r) and not $h and filesize < 60KB
}

// Unix form of fetch and run. Look-alikes: tool managers (solc, chromedriver, terraform wrappers), mostly with a digest check.
rule download_run_py_chmod {
  meta:
    id = "download-run-py-chmod"
    severity = "medium"
    confidence = "likely"
    description = "A fetched file is made executable and started"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $g = /requests\.get\(|urlretrieve ?\(|urlopen ?\(/
    $c = /os\.chmod ?\(|chmod \+x|chmod 7\d\d|S_IEXEC|S_IXUSR/
    $r = /subprocess\.(Popen|call|run|check_call) ?\(|os\.system ?\(|os\.exec[vl]/
    $w = /['"]wb['"]|urlretrieve|wri\Bte_bytes/
    $h = /sha(256|512)|hashlib|che\Bcksum/
  condition:
    all of ($g,$c,$r,$w) and not $h and filesize < 30KB
}

// Attachment CDNs and drop hosts serve no releases of honest packages. Look-alikes mention them in chat bots without starting programs.
rule download_run_py_file_host {
  meta:
    id = "download-run-py-file-host"
    severity = "high"
    confidence = "certain"
    description = "Code fetches from a file-drop or chat attachment host and starts a program"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $h = /cdn\.discordapp\.com(\.invalid)?\/attachments|med\Bia\.discordapp\.net(\.invalid)?\/attachments|transfer\.sh\/|ano\Bnfiles|gofile\b\.io|file\b\.io\/|catb\Box\.moe|pi\Bxeldrain|mediafire\.com|dropb\Box\.com\/(s|scl)\/|pastebin\.com(\.invalid)?\/raw|rent\Bry\.(co|org)|hastebin|paste\.ee|raw\.githubusercontent\.com(\.invalid)?\/[^"'\s]{1,120}\.(exe|bat|ps1|pyw|vbs|dll|zip)|(github\.com\.invalid|github\.com)\/[^"'\s]{1,100}\/raw\/[^"'\s]{1,100}\.(exe|bat|pyw|vbs|zip)|paste\.bingner|temp\.sh\/|0x0\.st|ufile\b\.io/
    $g = /requests\.get\(|urlretrieve ?\(|urlopen ?\(|Invoke-WebRequest|curl |wget /
    $r = /os\.[sS]tartfile ?\(|\b[sS]tartfile ?\(|subprocess\.(Popen|call|run|check_call) ?\(|os\.system ?\(|\bexec ?\(/
  condition:
    all of them and filesize < 60KB
}

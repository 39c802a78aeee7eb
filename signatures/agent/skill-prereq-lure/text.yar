// Installers of known projects pipe from their own domain; paste sites, shorteners and bare addresses are the lure.
rule skill_prereq_lure_pipe {
  meta:
    id = "skill-prereq-lure-pipe"
    severity = "high"
    confidence = "likely"
    description = "Set-up text pipes a download from a paste, short link or numeric host into a shell"
    reference = "https://attack.mitre.org/techniques/T1204/004/"
    date = "2026-11-23"
  strings:
    $a = /(curl|wget) [^\n]{0,80}(https\b:\/\/|http:\/\/)(([2-9]\d{0,2}|1[13-9]\d?|10\d|12[0-68-9])(\.\d{1,3}){3}|([a-z0-9-]{1,30}\.)?(glot\.io|rentry\.(co|org)|pastebin\.com|paste\.ee|paste\.rs|hastebin\.com|dpaste\.(com|org)|ix\.io|transfer\.sh|bit\.ly|tinyurl\.com|t\.ly|is\.gd|cutt\.ly|t\.me|gist\.githubusercontent\.com|webhook\.site|ngrok(-free)?\.(io|app)|trycloudflare\.com|[a-z0-9-]{1,30}\.(workers|pages|vercel|netlify)\.(dev|app)))(\.invalid)?[^\n|]{0,120}\| ?(sudo )?(ba|z)?sh\b/
    $b = /(ba|z)?sh -c ["']?\$\((curl|wget) [^\n]{0,60}h\w{3,4}:.{2}((\d{1,3}\.){3}\d{1,3}|[^\/\n]{0,30}(glot\.io|rentry\.co|pastebin\.com|transfer\.sh|bit\.ly|tinyurl\.com))/
    $c = /(iwr|irm|Invoke-WebRequest|Invoke-RestMethod|curl)[^\n]{0,60}h\w{3,4}:.{2}((\d{1,3}\.){3}\d{1,3}|[^\/\n]{0,30}(glot\.io|rentry\.co|pastebin\.com|bit\.ly|tinyurl\.com))[^\n]{0,100}(\|iex|\| iex|\|Invoke-Expression|\| Invoke-Expression)/ nocase
  condition:
    filesize < 200KB and any of them
}

// Nobody documents an installer in base64; the coding hides the address from reader and agent.
rule skill_prereq_lure_encoded {
  meta:
    id = "skill-prereq-lure-encoded"
    severity = "high"
    confidence = "likely"
    description = "Instructions tell the reader to run a base64-coded shell command"
    reference = "https://attack.mitre.org/techniques/T1204/004/"
    date = "2026-11-23"
  strings:
    // What a program prints as bytes (`b'echo …'`) is shown, not asked for.
    $a = /([^b]["']|[^"'])(echo|printf|<<<) ?["']?[A-Za-z0-9+\/=]{24,}["']? ?\| ?base64 (-d|-D|--decode)[^\n]{0,20}\| ?(sudo )?(ba|z)?sh\b/
    $b = /base64 (-d|-D|--decode) ?<<< ?["']?[A-Za-z0-9+\/=]{24,}["']? ?\| ?(ba|z)?sh/
    $c = /powershell[^\n]{0,60}-(e|enc|encodedcommand) [A-Za-z0-9+\/=]{40}/ nocase
    $d = /eval ["']?\$\((echo|printf) [^\n]{20,300}base64 (-d|-D|--decode)/
  condition:
    filesize < 200KB and any of them
}

// A password on a download only serves to pass scanners. Sample and CTF repositories share archives that way, without telling to run them.
rule skill_prereq_lure_password_zip {
  meta:
    id = "skill-prereq-lure-password-zip"
    severity = "high"
    confidence = "likely"
    description = "Set-up text wants a password-protected archive downloaded, unpacked and run"
    reference = "https://attack.mitre.org/techniques/T1204/002/"
    date = "2026-11-23"
  strings:
    $a = /\.(zip|rar|7z)\b[^\n]{0,120}([Pp]assword|[Pp]asscode|[Pp]ass|pwd)[`*: "'(is]{1,8}[A-Za-z0-9_!@#-]{3,24}/
    $b = /([Ee]xtract|[Uu]nzip|[Uu]npack)[^\n]{0,80}([Pp]assword|[Pp]asscode|-P)[`*: "'(is]{1,8}[A-Za-z0-9_!@#-]{3,24}/
    $d1 = "ownload"
    $d2 = "http"
    $r1 = "run "
    $r2 = "Run "
    $r3 = "xecute"
    $r4 = "launch"
    $r5 = "Launch"
    $r6 = "art the"
    $r7 = "nstaller"
    $r8 = ".exe"
    $r9 = "pen it"
    $r10 = "double-click"
    $q1 = "quisite"
    $q2 = "equired"
    $q3 = "irement"
    $q4 = "must "
    $q5 = "efore using"
    $q6 = "setup"
    $q7 = "Setup"
    $q8 = "will not work"
    $q9 = "skill"
  condition:
    filesize < 60KB and for any of ($a, $b) : ( $ and for any i in (1..8) : ( any of ($d*) in (@[i]-700..@[i]+500) and any of ($r*) in (@[i]-400..@[i]+600) and any of ($q*) in (@[i]-900..@[i]+700) ))
}

// Copy this from a paste site and put it into your terminal, or press Win+R and paste: the ClickFix form.
rule skill_prereq_lure_paste_terminal {
  meta:
    id = "skill-prereq-lure-paste-terminal"
    severity = "high"
    confidence = "likely"
    description = "Instructions send the reader to a paste page or address and to the terminal or Run dialog"
    reference = "https://attack.mitre.org/techniques/T1204/004/"
    date = "2026-11-23"
  strings:
    $u = /(glot\.io|rentry\.(co|org)|pastebin\.com|paste\.(ee|rs)|hastebin\.com|dpaste\.(com|org)|controlc\.com|telegra\.ph|justpaste\.it|https?:\/\/([2-9]\d{0,2}|1[13-9]\d?|10\d|12[0-68-9])(\.\d{1,3}){3})/
    $a1 = "nto Terminal"
    $a2 = "nto your terminal"
    $a3 = "nto the terminal"
    $a4 = "n the terminal"
    $a5 = "in Terminal"
    $a6 = "in your terminal"
    $a7 = "into PowerShell"
    $a8 = "in PowerShell"
    $a9 = "command prompt"
    $a10 = "Command Prompt"
    $a11 = "Run dialog"
    $a12 = "Win+R"
    $a13 = "Win + R"
    $a14 = "Windows + R"
    $b1 = "opy"
    $b2 = "aste"
    $w = /(Win|Windows)( key)? ?\+ ?R\b[^\n]{0,160}([Pp]ast[eE]|Ctrl ?\+ ?V)/
    $p1 = "owershell"
    $p2 = "owerShell"
    $p3 = "mshta"
    $p4 = "cmd /c"
    $p5 = "curl "
    $p6 = "iwr "
  condition:
    filesize < 60KB and ( ($u and for any i in (1..8) : ( any of ($a*) in (@u[i]-300..@u[i]+300) and any of ($b*) in (@u[i]-300..@u[i]+300) )) or ($w and any of ($p*)) )
}

// Unsigned open-source releases ask for this too; with a numeric host or a hidden path it is the known lure.
rule skill_prereq_lure_quarantine {
  meta:
    id = "skill-prereq-lure-quarantine"
    severity = "medium"
    confidence = "likely"
    description = "Set-up text downloads a file and strips the macOS quarantine mark from it"
    reference = "https://attack.mitre.org/techniques/T1553/001/"
    date = "2026-11-23"
  strings:
    $x1 = "xattr -c"
    $x2 = "xattr -d"
    $x3 = "xattr -rd"
    $x4 = "xattr -cr"
    $x5 = "xattr -rc"
    $x6 = "xattr -dr"
    $d1 = "curl -"
    $d2 = "curl http"
    $d3 = "wget "
    $r1 = "chmod +x"
    $r2 = "chmod 755"
    $r3 = "open "
    $r4 = "nohup "
  condition:
    filesize < 100KB and for any of ($x*) : ( $ and for any i in (1..8) : ( any of ($d*) in (@[i]-400..@[i]+200) and any of ($r*) in (@[i]-300..@[i]+300) ))
}

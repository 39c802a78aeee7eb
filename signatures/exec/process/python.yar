// Capability.
rule process_py_spawn {
  meta:
    id = "process-py-spawn"
    severity = "info"
    confidence = "hint"
    description = "Code starts external programs"
    reference = "https://attack.mitre.org/techniques/T1059/"
    date = "2026-11-23"
  strings:
    $a = /subprocess ?\. ?(Popen|call|run|check_call|check_output|getoutput) ?\(/
    $b = "os.system("
    $c = "os.popen("
    $d = "os.startfile("
    $e = "te_subprocess_"
  condition:
    any of them
}

// Python, PowerShell or cmd started without a window on a file the code has just written or ships. Look-alikes: IDE back ends, which are large.
rule process_py_hidden_interpreter {
  meta:
    id = "process-py-hidden-interpreter"
    severity = "high"
    confidence = "likely"
    description = "Code starts a hidden script interpreter with another script"
    reference = "https://attack.mitre.org/techniques/T1564.003/"
    date = "2026-11-23"
  strings:
    $a = /Popen ?\( ?\[ ?(sys\.executable|['"](python[w3]{0,2}|powershell|cmd|wscript|mshta)(\.exe)?['"])[^\]]{0,200}\][^)\n]{0,120}(CREATE_NO_WINDOW|DETACHED_PROCESS|0x0?8000000)/
    $w = /\.write ?\( ?|wri\Bt\Be_te\Bxt\(|c\Bopyfi\Ble\(|b64decode\(|req[uU]ests\./
  condition:
    $a and $w and filesize < 60KB
}

// -WindowStyle Hidden and CREATE_NO_WINDOW together, and a literal URL in the same small file. Look-alikes: toast helpers, which have no address.
rule process_py_hidden_powershell {
  meta:
    id = "process-py-hidden-powershell"
    severity = "high"
    confidence = "likely"
    description = "PowerShell is started without a window from a small module that names an address"
    reference = "https://attack.mitre.org/techniques/T1059.001/"
    date = "2026-11-23"
  strings:
    $a = /-[Ww]indow[Ss]tyle["',\s]{1,5}[Hh]idden/
    $b = /CREATE_NO_WINDOW|0x0?8000000|DETACHED_PROCESS|SW_HIDE/
    $u = /https?:\/\/[\w.-]{4,80}[:\/'"?]/
    $p = /[Pp]ower[Ss]hell/
  condition:
    all of them and filesize < 40KB
}

// curl/wget in a spawn call with chmod, an executable suffix or a start behind it. Look-alikes: setup helpers in notebooks; those name archives.
rule process_py_shell_download {
  meta:
    id = "process-py-shell-download"
    severity = "high"
    confidence = "likely"
    description = "Python code runs a shell line that downloads and starts a program"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /(os\.system|os\.popen|subprocess\.\w{3,14}|Popen|check_output) ?\( ?\[?f?["']{1,3}[^\n]{0,120}(curl|wget)(\.exe)? [^\n]{0,240}(chmod (\+x|7\d\d|u\+x|a\+x)|\.(exe|elf|scr|bat|vbs|ps1)\b|&& ?(sudo )?(ba)?sh |; ?(sudo )?(ba)?sh |&& ?\.\/|&& ?python)/
  condition:
    $a and filesize < 100KB
}

// Popen(["python", "-c", "from other import ..."]) in library code: a pointer to a payload elsewhere. Look-alikes: tests of start-up behaviour, which use sys.executable and read the output.
rule process_py_hidden_import {
  meta:
    id = "process-py-hidden-import"
    severity = "medium"
    confidence = "likely"
    description = "A module starts a second interpreter that imports another package"
    reference = "https://github.com/DataDog/malicious-software-packages-dataset"
    date = "2026-11-23"
  strings:
    $a = /Popen ?\( ?\[ ?['"]python[w3]{0,2}['"] ?, ?['"]-c['"] ?, ?['"](from|import) /
  condition:
    $a and filesize < 200KB
}

// os.system at column 0 on a bare script name: tiny stubs that start a shipped payload. Look-alikes: one-file tools and examples.
rule process_py_data_script {
  meta:
    id = "process-py-data-script"
    severity = "medium"
    confidence = "likely"
    description = "A package start-up runs a local script or program through the shell"
    reference = "https://attack.mitre.org/techniques/T1059/"
    date = "2026-11-23"
  strings:
    $a = /\n(os\.system|os\.startfile|subprocess\.(run|call|Popen)) ?\( ?\[?['"](python[w3]{0,2} |pythonw? |start |\.\/|wscript |cmd \/c |py )?[\w.\/\\-]{1,60}\.(pyw?|exe|bat|vbs|ps1|sh|dll)['"]/
  condition:
    $a and filesize < 20KB
}

// Stealers install what they need on import. Look-alikes: notebooks helpers and lazy optional dependencies.
rule process_py_quiet_pip {
  meta:
    id = "process-py-quiet-pip"
    severity = "medium"
    confidence = "likely"
    description = "Code installs packages with pip at run time"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $a = /(system|popen|Popen|run|call|check_call|check_output) ?\( ?\[? ?f?["'](py -m |python3? -m |\{?(sys\.)?executable\}? -m )?pip3? ins\Btall /
    $b = /(sys\.executable|['"]python3?['"]|executable) ?, ?['"]-m['"] ?, ?['"]pip['"] ?, ?['"]install['"]/
    // Who asks before is asked for it.
    $q = /\b(input|confirm|prompt)\([^\n]{0,100}\[y\/n\]|click\.confirm\(|typer\.confirm\(/i
  condition:
    filesize < 100KB and ($a or $b) and not (#q > 0 and for any i in (1..#q) : ($a in (@q[i]..@q[i]+400) or $b in (@q[i]..@q[i]+400)))
}

// copy(__file__, ...) followed by a start of the copy. Honest installers copy data files, not the running module.
rule process_py_startfile_self_copy {
  meta:
    id = "process-py-startfile-self-copy"
    severity = "high"
    confidence = "certain"
    description = "Code copies itself to a user directory and starts the copy"
    reference = "https://attack.mitre.org/techniques/T1036.005/"
    date = "2026-11-23"
  strings:
    $a = /(copy2?|copyfile|move) ?\( ?(__file__|sys\.argv\[0\]|o\Bs\.p[aA]th\.(abspath|realpath)\( ?__file__ ?\))/
    $s = /s\Btartfile ?\(|Popen ?\(|os\.system ?\(|subprocess\.(call|run) ?\(/
    $p = /[sS]tartup|APPDATA|AppData|LOCALAPPDATA|ProgramData|\.[cC]onfig\/autostart|LaunchAgents/
  condition:
    all of them and filesize < 200KB
}

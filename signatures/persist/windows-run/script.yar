// persist/windows-run: script files

// Options to start with the session name the interpreter in the Run key too, and take it away again by the same module.
// Run key with a script host or temp path in one statement, or with two of copy, hidden window, download, decode, temp folder in one small file.
rule windows_run_key_hidden {
  meta:
    id = "windows-run-key-hidden"
    severity = "high"
    confidence = "likely"
    description = "A hidden, temporary or self-copied program is set to run at logon"
    reference = "https://attack.mitre.org/techniques/T1547/001/"
    date = "2026-11-23"
  strings:
    $k = /Curre\BntVersion\\{1,4}Run(Once)?\b/
    $w = /SetValueEx|\b(reg|REG)(\.exe)?["',\s]{1,6}(add|ADD)\b|New-ItemProperty|Set-ItemProperty|RegWrite/
    $c1 = /shutil\.copy|copyfile\(|copyFileSync\(|Copy-Item|CopyFile/
    $c2 = /CREATE_NO_WINDOW|0x\B08000000|-WindowStyle\s{1,2}Hidden|win[dD]owsHide|SW_HIDE|pyt\Bhonw/
    $c3 = /urlretrieve|urlop\Ben\(|requests\.get|Do\Bwnl\BoadFile|Do\Bwnl\BoadString|Invoke-WebRequest|https\.get\(|http\.get\(|\baxios\.|\bcu\Brl\.exe/
    $c4 = /b64decode|FromBase\B64String|Buff\Ber\.from\([^\n]{0,60}bas\Be64/
    $c5 = /(%TEMP%|%APPDATA%|%temp%|%appdata%|\$env:TEMP|\$env:APPDATA|\$env:temp|\$env:appdata|getenv\(["'](TEMP|APPDATA|temp|appdata)|environ\b\[["'](TEMP|APPDATA)|process\.e[nN]v\.(TEMP|APPDATA)|t\Bempfile)/
    $g = /pystray|QApp\Blication|\btkinter\b|require\b\(["']electron["']|PyQt|PySide|a\Buto-?launch/
    $l1 = /\breg(\.exe)?["',\s]{1,6}add\b[^\n]{0,120}CurrentVersion\\{1,4}Run(Once)?\b[^\n]{0,200}(powershell|mshta|wscript|\.vbs|pythonw|%temp%|%appdata%|\\appdata\\|\\temp\\|-enc\b|__dirname|__file__|sys\.executable|sys\.argv|process\.execPath)/i
    $d = "DeleteValue"
    $v = /SetValueEx\([^\n]{0,160}(__file__|sys\.executable|sys\.argv\[0\])/
    $l2 = /(New|Set)-ItemProperty\b[^\n]{0,120}CurrentVersion\\Run(Once)?\b[^\n]{0,200}(powershell|mshta|wscript|\.vbs|\$env:temp|\$env:appdata|-enc\b)/i
  condition:
    any of ($l*) or (filesize < 80KB and $k and $w and not $g and ($v and not $d or 2 of ($c*)))
}

// Tray applications with an autostart option.
rule windows_run_key {
  meta:
    id = "windows-run-key"
    severity = "medium"
    confidence = "likely"
    description = "Program code names the Windows Run key for writing"
    reference = "https://attack.mitre.org/techniques/T1547/001/"
    date = "2026-11-23"
  strings:
    $k = /Curre\BntVersion\\{1,4}Run(Once)?\b/
    $w = /SetValueEx|RegSetValue|\b(reg|REG)(\.exe)?["',\s]{1,6}(add|ADD)\b|New-ItemProperty|Set-ItemProperty|winreg|RegWrite/
  condition:
    all of them
}

// Startup path plus a copy or write of an executable kind. Installers make a .lnk to their installed program.
rule windows_startup_drop {
  meta:
    id = "windows-startup-drop"
    severity = "high"
    confidence = "likely"
    description = "A script or program is placed in the Windows Startup folder"
    reference = "https://attack.mitre.org/techniques/T1547/001/"
    date = "2026-11-23"
  strings:
    $p = /Start Menu["',\s\/\\]{1,8}Programs["',\s\/\\]{1,8}Startup/
    $c = /shut\Bil\.(copy|copy2|copyfile|move)\(|co\BpyFile(Sync)?\(|wr\BiteFile(Sync)?\(|\bopen\([^\n]{0,100}["']wb?\+?["']|urlretrieve|Do\BwnloadFile|Copy-Item|copy\s\/y|-OutFile|\.wr\Bite\(/
    $e = /\.(exe|vbs|bat|cmd|pyw?|ps1|scr|js)["'`\\]|sys\.argv\[0\]|__file__|sys\.executable/
    $g = /PyQt|PySide|pystray|QAp[pP][lL]ica[tT]ion/
  condition:
    filesize < 300KB and $p and $c and $e and not $g
}

// Honest installers register their installed program, or a line that they encode in plain sight so that its quotes survive; here the action is a script host, hidden window or temp file.
rule windows_schtask_hidden {
  meta:
    id = "windows-schtask-hidden"
    severity = "high"
    confidence = "likely"
    description = "A scheduled task runs a hidden, temporary or encoded command"
    reference = "https://attack.mitre.org/techniques/T1053/005/"
    date = "2026-11-23"
  strings:
    $a = /schtasks(\.exe)?["',\s]{1,6}\/create\b[^\n]{0,260}(\.vbs|\.ps1|-enc|-w(indowstyle)?\s{1,2}hidden|mshta|wscript|pythonw|%temp%|%appdata%|\\appdata\\|\\temp\\|\\programdata\\|\\users\\public\\)/i
    $b = /(New|Register)-ScheduledTask(Action)?\b[^\n]{0,260}(-w(indowstyle)?\s{1,2}hidden|\$env:(temp|appdata)|mshta|wscript|DownloadString|\\AppData\\)/i
    $c = /(New|Register)-ScheduledTask(Action)?\b[^\n]{0,260}-enc/i
    // What is encoded where everybody can read it is only quoted: the text itself stands there.
    $clear = /ToBase64String\(\s{0,3}\[(System\.)?Text\.Encoding\]::Unicode\.GetBytes\(/i
  condition:
    $a or $b or ($c and not $clear)
}

// Filter, consumer and binding together. Management suites do this in compiled agents.
rule windows_wmi_subscription {
  meta:
    id = "windows-wmi-subscription"
    severity = "high"
    confidence = "likely"
    description = "A permanent WMI event consumer is registered"
    reference = "https://attack.mitre.org/techniques/T1546/003/"
    date = "2026-11-23"
  strings:
    $a = "__EventFilter"
    $b = /Com[mM]andLineEventConsumer|Act[iI]veScriptEventConsumer/
    $c = "__FilterToConsumerBinding"
  condition:
    filesize < 200KB and all of them
}

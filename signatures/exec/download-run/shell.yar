// curl/wget to /tmp or a dot file, chmod, start. Look-alikes: installers move the file to a bin folder and print a hint instead of starting it.
rule download_run_sh_chmod {
  meta:
    id = "download-run-sh-chmod"
    severity = "high"
    confidence = "likely"
    description = "A file is fetched to a temporary or hidden path, made executable and started"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /(curl|wget) [^\n]{0,200}(\/tmp\/|\/var\/tmp\/|\/dev\/shm\/|\/nonexistent\/|\.\/?\.)[\w.\/-]{1,60}[^\n]{0,80}(\n[^\n]{0,120}){0,4}chmod (\+x|a\+x|7\d\d|u\+x) [^\n]{0,80}(\n[^\n]{0,40}){0,3}[\n;& ](nohup |setsid |sudo |sh -c ["']?)?["']?(\/tmp\/|\/var\/tmp\/|\/dev\/shm\/|\/nonexistent\/|\.\/)[\w.\/-]{1,60}/
    $b = /(curl|wget) [^\n]{0,40}https?:\/\/([1-9]|1[1-9]|[2-9]\d|1([01]\d|2[0-689]|[345]\d|6[0-8]|7[013-9]|8\d|9[013-9])|2\d\d|192\.0)(\.\d{1,3}){2,3}[^\n]{0,160}(\n[^\n]{0,120}){0,3}chmod (\+x|a\+x|7\d\d|u\+x) /
  condition:
    any of them
}

// Invoke-WebRequest/curl/bitsadmin/certutil to TEMP or APPDATA followed by start. Look-alikes: bootstrap scripts of build systems (gradlew, nuget) start a jar or tool in the project.
rule download_run_bat {
  meta:
    id = "download-run-bat"
    severity = "high"
    confidence = "likely"
    description = "A batch or PowerShell file downloads a program to a temporary path and starts it"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /(Invoke-WebRequest|iwr|wget|curl(\.exe)?|DownloadFile|Start-BitsTransfer|bitsadmin|certutil)\b[^\n]{0,240}(%TEMP%|%APPDATA%|%LOCALAPPDATA%|%PUBLIC%|\$env:(TEMP|APPDATA|LOCALAPPDATA|PUBLIC)|%tmp%|C:\\(Users\\Public|ProgramData|Windows\\Temp))[^\n]{0,160}\.(exe|bat|vbs|ps1|dll|js|scr|cmd)[^\n]{0,80}(\n[^\n]{0,160}){0,5}(start|Start-Process|call|rundll32|regsvr32|wscript|powershell|cmd \/c|&)\b/i
  condition:
    $a
}

// A script for `ftp.exe` that is written line by line and fetches a program: administrators use it for data, with the program's name
// nowhere else in the file.
rule download_run_ftp_script {
  meta:
    id = "download-run-ftp-script"
    severity = "high"
    confidence = "likely"
    description = "A script for ftp is written, fetches a program, and the program is started"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-28"
  strings:
    $get = /echo (get|recv) ["']?[\w.-]{1,40}\.(exe|dll|bat|cmd|ps1|vbs|scr)\b/ nocase
    $run = /\bftp(\.exe)? [^\n]{0,40}-s:/ nocase
    $start = /\n\s*(start [^\n]{0,20}|call |cmd \/c )?["']?(%\w+%\\|\.\\)?[\w.-]{1,40}\.(exe|bat|cmd|vbs|scr)\b/ nocase
  condition:
    filesize < 64KB and $get and $run and for any of ($start) : ( for any i in (1..#) : ( i < 200 and @[i] > @run[1] ) )
}

// Macros of Office: what a workbook or document downloads when it opens is written to a file and started. Look-alikes: macros that fetch rates
// into cells.
rule download_run_vba {
  meta:
    id = "download-run-vba"
    severity = "high"
    confidence = "likely"
    description = "A macro of Office downloads a file and starts it"
    reference = "https://attack.mitre.org/techniques/T1204/002/"
    date = "2026-11-29"
  strings:
    $v = /Attribute VB_Name|\b(Workbook|Document)_Open\b|\bAuto_?Open\b|ThisWorkbook\.|ActiveDocument\.|Application\.(UserName|DisplayAlerts)/ nocase
    $d = /responseBody|URLDownloadToFile|ADODB\.Stream|DownloadFile/ nocase
    $w = /\.SaveToFile\b|URLDownloadToFile|For Binary|\.Write \w{1,20}\.responseBody|DownloadFile/ nocase
    $r = /\.Run ["'(\w][^\n]{0,200}|\bShell\s?\(?["'\w][^\n]{0,200}|\.ShellExecute\b|\.Exec\b/ nocase
    $h = /"(wscript|cscript|powershell|cmd|mshta|rundll32|regsvr32)\b[^\n]{0,160}|, ?(0|vbHide)\b/ nocase
  condition:
    filesize < 400KB and $v and $d and $w and $r and $h
}

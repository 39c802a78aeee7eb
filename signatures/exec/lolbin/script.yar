// certutil -urlcache, mshta http, regsvr32 /i:http, rundll32 javascript:, bitsadmin /transfer with an URL, msiexec /i http. Administration
// modules name the programs without the download form.
rule lolbin_proxy_url {
  meta:
    id = "lolbin-proxy-url"
    severity = "high"
    confidence = "certain"
    description = "A system program is used to fetch or run a remote file"
    reference = "https://attack.mitre.org/techniques/T1218/"
    date = "2026-11-23"
  strings:
    $a = /certutil(\.exe)?["',\s]{1,6}[^\n]{0,40}-(urlcache|verifyctl)[^\n]{0,80}(http|\$|%|\{)/i
    $b = /mshta(\.exe)?["',\s]{1,6}[^\n]{0,20}(https?:|javascript:|vbscript:)/i
    $c = /regsvr32(\.exe)?["',\s]{1,6}[^\n]{0,40}\/i:["']?https?:/i
    $d = /rundll32(\.exe)?["',\s]{1,6}[^\n]{0,20}(javascript:|url\.dll,\w{4,24}["',\s]{1,6}https?:|https?:|\\\\\w)/i
    $e = /bitsadmin(\.exe)?["',\s]{1,6}[^\n]{0,40}\/transfer[^\n]{0,120}https?:/i
    $f = /msiexec(\.exe)?["',\s]{1,6}[^\n]{0,40}\/(i|package)["',\s]{1,4}https?:/i
    $g = /(installutil|regasm|regsvcs|cmstp|odbcconf|msbuild)\.exe[^\n]{0,40}(%temp%|%appdata%|\/u |\/logfile=)[^\n]{0,60}\.(dll|exe|inf|xml)/i
  condition:
    any of them and filesize < 3MB
}

// rundll32 file.dll,Entry from script code: the eslint-config-prettier incident. Look-alikes: control-panel calls (shell32.dll, user32.dll, printui) are kept out.
rule lolbin_dll_run {
  meta:
    id = "lolbin-dll-run"
    severity = "high"
    confidence = "likely"
    description = "A shipped or fetched library is started through rundll32 or regsvr32"
    reference = "https://attack.mitre.org/techniques/T1218.011/"
    date = "2026-11-23"
  strings:
    $a = /(spawn|spawnSync|exec|execSync|execFile|system|Popen|call|run|popen) ?\( ?\[?f?["'`](start )?(rundll32|regsvr32)(\.exe)?["'`]?[ ,]/i
    $b = /(rundll32|regsvr32)(\.exe)?[^\n]{0,20}(shell32|user32|printui|setupapi|powrprof|advpack|inetcpl|keymgr|dfshim|shimgvw|url|themecpl)/i
  condition:
    $a and not $b
}

// display dialog ... hidden answer, or do shell script with curl or base64. Look-alikes: sudo-prompt asks through the system dialog; notifier libraries show text only.
rule lolbin_osascript {
  meta:
    id = "lolbin-osascript"
    severity = "high"
    confidence = "likely"
    description = "AppleScript asks for a password or runs a shell command from code"
    reference = "https://attack.mitre.org/techniques/T1059.002/"
    date = "2026-11-23"
  strings:
    $a = /dis[pP]lay dialog[^\n]{0,300}(with hidden answer|hidden answer)/
    $b = /do shell script[^\n]{0,20}["'\\][^\n]{0,200}(curl |base64 (-d|-D|--decode)|\/tmp\/|\| ?(ba|z)?sh)/
    $c = /osascript/
  condition:
    ($a or $b) and ($c or $b) and filesize < 1MB
}

// wmic process call create, schtasks /create with a user-directory program. Look-alikes: service installers.
rule lolbin_wmic_create {
  meta:
    id = "lolbin-wmic-create"
    severity = "medium"
    confidence = "likely"
    description = "A process or scheduled task is created through a system program"
    reference = "https://attack.mitre.org/techniques/T1047/"
    date = "2026-11-23"
  strings:
    $a = /wmic["',\s]{1,6}[^\n]{0,20}process["',\s]{1,6}call["',\s]{1,6}create/i
    $b = /schtasks(\.exe)?["',\s]{1,6}[^\n]{0,20}\/create[^\n]{0,200}(AppData|%TEMP%|Temp\\|pythonw|powershell|wscript|Public)/i
  condition:
    any of them
}

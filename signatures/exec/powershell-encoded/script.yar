// -enc plus a literal of base64 in code. Look-alikes: remote management libraries encode at run time and hold no literal.
rule powershell_encoded_literal {
  meta:
    id = "powershell-encoded-literal"
    severity = "high"
    confidence = "certain"
    description = "PowerShell is started with a long encoded command"
    reference = "https://attack.mitre.org/techniques/T1059.001/"
    date = "2026-11-23"
  strings:
    $a = /powershell(\.exe)?["',\s][^\n]{0,90}[\s"'][-\/](e|ec|en|enc|enco|encod|encodedcommand|encodedc)["',\s]{1,6}[A-Za-z0-9+\/=]{60}/i
    $b = /pwsh["',\s][^\n]{0,90}[\s"'][-\/](e|ec|enc|encodedcommand)["',\s]{1,6}[A-Za-z0-9+\/=]{60}/i
  condition:
    filesize < 500KB and (any of them)
}

// Hidden window and encoded literal in one call: nothing to see and nothing to read.
rule powershell_encoded_hidden {
  meta:
    id = "powershell-encoded-hidden"
    severity = "critical"
    confidence = "certain"
    description = "PowerShell is started hidden with a long encoded command"
    reference = "https://attack.mitre.org/techniques/T1059.001/"
    date = "2026-11-23"
  strings:
    $a = /powershell(\.exe)?["',\s][^\n]{0,90}-w(in|indow|indowstyle)?["',\s]{1,6}(h|hid|hidden|1)["',\s][^\n]{0,90}[-\/](e|ec|enc|encodedcommand)["',\s]{1,6}[A-Za-z0-9+\/=]{60}/i
    $b = /powershell(\.exe)?["',\s][^\n]{0,90}[-\/](e|ec|enc|encodedcommand)["',\s]{1,6}[A-Za-z0-9+\/=]{60,8000}["',\s][^\n]{0,80}(shell ?= ?True|CREATE_NO_WINDOW|windowsHide|SW_HIDE)/i
  condition:
    filesize < 500KB and (any of them)
}

// IEX over DownloadString, iwr or irm in a string or script. Look-alikes: installers of scoop, chocolatey and bun print or document it; the pattern asks for a call, or a non-install host.
rule powershell_cradle {
  meta:
    id = "powershell-cradle"
    severity = "high"
    confidence = "likely"
    description = "A PowerShell download cradle is started from code"
    reference = "https://attack.mitre.org/techniques/T1059.001/"
    date = "2026-11-23"
  strings:
    $a = /(os\.system|os\.popen|subprocess\.\w{3,14}|Popen|execSync|exec|spawn|spawnSync|system|shell_exec|Process\.Start|\.Run) ?\(? ?\[?[frb]{0,2}["'`]{1,3}[^\n]{0,60}powershell[^\n]{0,90}(DownloadString|DownloadFile|Invoke-WebRequest|\biwr\b|\birm\b|Invoke-RestMethod|Net\.WebClient|Start-BitsTransfer)/i
    $b = /(iex|Invoke-Expression) ?\(?[^\n]{0,60}(DownloadString|Invoke-WebRequest|iwr|irm|Invoke-RestMethod)[^\n]{0,40}https?:\/\/([1-9]|1[1-9]|[2-9]\d|1([01]\d|2[0-689]|[345]\d|6[0-8]|7[013-9]|8\d|9[013-9])|2\d\d|192\.0)(\.\d{1,3}){2,3}/i
    $c = /(DownloadString|iwr|irm|Invoke-WebRequest) ?\(?["' -]{0,10}[^\n]{0,30}https?:\/\/([1-9]|1[1-9]|[2-9]\d|1([01]\d|2[0-689]|[345]\d|6[0-8]|7[013-9]|8\d|9[013-9])|2\d\d|192\.0)(\.\d{1,3}){2,3}[^\n]{0,80}\| ?(iex|Invoke-Expression)/i
    $d = /-w(indowstyle)? h(idden)?[^\n]{0,90}(iex|Invoke-Expression)[^\n]{0,80}(DownloadString|Invoke-WebRequest|iwr |irm )/i
    $official = /(os\.system|os\.popen|subprocess\.\w{3,14}|Popen|execSync|exec|spawn|spawnSync|system|shell_exec|Process\.Start|\.Run) ?\(? ?\[?[frb]{0,2}["'`]{1,3}[^\n]{0,60}powershell[^\n]{0,60}(\biwr\b|\birm\b|Invoke-WebRequest|Invoke-RestMethod|DownloadString)[ ('"]{1,4}(https:\/\/)?(bun\.sh|astral\.sh|get\.scoop\.sh|deno\.land|deno\.com|get\.pnpm\.io|community\.chocolatey\.org|chocolatey\.org|install\.python-poetry\.org|win\.rustup\.rs|claude\.ai|ollama\.com)\/install[\w.\/-]{0,20}['")]{0,3} ?(-useb )?\| ?iex ?\\?["'`)]/i
  condition:
    filesize < 500KB and (#a > #official or #a > 100 or any of ($b, $c, $d))
}

// Hidden + bypass in one command line. Look-alikes: desktop tools that show a toast or read a registry value.
rule powershell_hidden_bypass {
  meta:
    id = "powershell-hidden-bypass"
    severity = "medium"
    confidence = "likely"
    description = "PowerShell is started hidden with the execution policy bypassed"
    reference = "https://attack.mitre.org/techniques/T1059.001/"
    date = "2026-11-23"
  strings:
    $a = /powershell(\.exe)?["',\s][^\n]{0,90}(-w(in|indowstyle)?["',\s]{1,6}h(idden)?)[^\n]{0,90}bypass/i
    $b = /powershell(\.exe)?["',\s][^\n]{0,90}bypass[^\n]{0,90}(-w(in|indowstyle)?["',\s]{1,6}h(idden)?)/i
    $c = /powershell\.exe['"],\s{0,20}['"]-NoProfile['"],\s{0,20}['"]-ExecutionPolicy['"],\s{0,4}['"]Bypass['"],\s{0,20}['"]-WindowStyle['"],\s{0,4}['"]Hidden/i
  condition:
    filesize < 500KB and (any of them)
}

// Add-MpPreference -ExclusionPath or Set-MpPreference -Disable*. Look-alikes: developer-machine optimisers that ask first, rare in packages;
// scripts for administrators that leave out one folder of a place that whoever starts them names, and ask whether they should (-WhatIf, -Confirm).
rule powershell_defender_off {
  meta:
    id = "powershell-defender-off"
    severity = "high"
    confidence = "certain"
    description = "Defender exclusions or protection settings are changed from code"
    reference = "https://attack.mitre.org/techniques/T1562.001/"
    date = "2026-11-23"
  strings:
    $a = /(Add|Set)-MpPreference[^\n]{0,40}-(ExclusionPath|ExclusionProcess|ExclusionExtension|DisableRealtimeMonitoring|DisableIOAVProtection|DisableBehaviorMonitoring|DisableScriptScanning|DisableBlockAtFirstSeen)/i
    $r = /os\.system|subprocess|Popen|exec|spawn|powershell|\.Run/
    $asks = /\.ShouldProcess\([^\n]{1,120}Add-MpPreference -ExclusionPath \(?Join-Path \$/i
    $whatif = /\[CmdletBinding\([^\n]{0,80}SupportsShouldProcess/i
    $must = /\[Parameter\([^\n]{0,40}Mandatory/i
  condition:
    $a and $r and not ($whatif and $must and #asks == #a and #asks > 0) and filesize < 3MB
}

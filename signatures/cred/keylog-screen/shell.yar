// cred/keylog-screen: shell files

// Look-alikes take one screenshot for a report and keep it local.
rule keylog_ps_loop {
  meta:
    id = "keylog-ps-loop"
    severity = "high"
    confidence = "likely"
    description = "PowerShell polls key states or grabs the screen and uploads"
    reference = "https://attack.mitre.org/techniques/T1056/001/"
    date = "2026-11-23"
  strings:
    $k = /GetAsyncKeyState|CopyFromScreen|SetWindowsHookEx/i
    $h1 = /\bcurl\b[^\n]{0,200}\s(-F|-T|-d|--data|--upload-file|--form|-X\s?POST)/
    $h2 = /\bwget\b[^\n]{0,160}--(post|body)-/
    $h3 = /Invoke-(RestMethod|WebRequest)\b[^\n]{0,200}-(Method\s{1,4}['"]?Post|InFile|Body)/i
    $h4 = /\.Upload(File|String|Data|Values)\(/i
    $h5 = "ev/tcp/"
    $h6 = "| nc "
    $t = /System\.Net\.Mail|Send-MailMessage|SmtpClient/i
  condition:
    filesize < 60KB and $k and any of ($h1,$h2,$h3,$h4,$h5,$h6,$t)
}

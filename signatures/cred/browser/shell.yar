// cred/browser: shell files

// Login databases beside an upload in one small script. Profile backups stay local.
rule browser_sh_stores_send {
  meta:
    id = "browser-sh-stores-send"
    severity = "high"
    confidence = "likely"
    description = "Shell script copies browser login stores and uploads data"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-23"
  strings:
    $a = /(Chrome|Edge|Brave|Chromium|User Data|Default)[^\n]{0,60}Login Data/i
    $b = /(firefox|mozilla)[^\n]{0,80}(logins\.json|key4\.db|cookies\.sqlite)/i
    $c = /(Chrome|Edge|Brave|Chromium|User Data|Default|Network)["'\/\\]{1,3}Cookies\b/i
    $d = /os_crypt\b[^\n]{0,30}encrypted_key/
    $h1 = /\bcurl\b[^\n]{0,200}\s(-F|-T|-d|--data|--upload-file|--form|-X\s?POST)/
    $h2 = /\bwget\b[^\n]{0,160}--(post|body)-/
    $h3 = /Invoke-(RestMethod|WebRequest)\b[^\n]{0,200}-(Method\s{1,4}['"]?Post|InFile|Body)/i
    $h4 = /\.Upload(File|String|Data|Values)\(/i
    $h5 = "ev/tcp/"
    $h6 = "| nc "
  condition:
    filesize < 80KB and any of ($a,$b,$c,$d) and any of ($h*)
}

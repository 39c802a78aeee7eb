// cred/files-dev: python files

// Walk + list of secret names + upload. Scanners print findings, they do not post them.
rule files_dev_py_home_sweep {
  meta:
    id = "files-dev-py-home-sweep"
    severity = "high"
    confidence = "likely"
    description = "Walks the home directory for secret file names and sends data"
    reference = "https://attack.mitre.org/techniques/T1083/"
    date = "2026-11-23"
  strings:
    $w = /os\.walk\([^\n]{0,60}(expanduser|home|HOME|USERPROFILE)|Pa\Bth\.hom\Be\(\)[^\n]{0,20}\.(rglob|glob)\(|\bglob\([^\n]{0,60}(expanduser|home)/
    $n1 = /["'*](\.pem|\.ppk|\.p12|\.pfx)["']/
    $n2 = /["'\/]\.env["'.]/
    $n3 = /["'\/*]id_(rsa|ed25519)/
    $n4 = /["'*](\.kdbx|wallet\.dat|\.ovpn)["']/
    $n5 = /["'](credentials|secrets?|password|passw)(\.json|\.txt)?["']/
    $s1 = /\b(requests|httpx|session|client)\.(post|put|request)\s?\(/
    $s2 = "urlopen("
    $s3 = /HTTPSConnect[iI]on\(|HTTPConnect[iI]on\(/
    $s4 = "smtplib.SMTP"
    $s5 = /\bDiscordWebhook\(|\bSy\BncWebhook\./
    $s6 = "sendDocument"
    $s7 = ".sendall("
    $s8 = /\.post\(\s{0,40}f?["']https?:/
    $s9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
  condition:
    filesize < 60KB and $w and 2 of ($n*) and any of ($s*)
}

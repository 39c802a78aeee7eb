// cred/browser: python files

// browser-cookie3, yt-dlp and similar cookie readers do this for the user, so alone it is only a sign.
rule browser_py_decrypt {
  meta:
    id = "browser-py-decrypt"
    severity = "medium"
    confidence = "likely"
    description = "Decrypts a Chromium value key with DPAPI or the os_crypt key"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-23"
  strings:
    $k = /os_crypt["'\]\[\s]{1,8}["']?encrypted_key/
    $d = "CryptUnprotectData"
    $l = "Local State"
  condition:
    $l and ($k or $d)
}

// The full chain: login store, decryption, exfiltration service in one file.
rule browser_py_passwords_send {
  meta:
    id = "browser-py-passwords-send"
    severity = "critical"
    confidence = "certain"
    description = "Decrypts saved browser passwords and sends them to a collector host"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-23"
  strings:
    $l = /["'\/\\ ]Login Data\b|passwo\Brd_value/
    $k1 = "CryptUnprotectData"
    $k2 = "encrypted_key"
    $q = /sqlite3\.connect|\.execute\(/
    $x1 = /discord(app)?\.\bcom(\.invalid)?\/\bapi\/(v\d{1,2}\/)?webhooks/
    $x2 = /api\.telegram\.org(\.invalid)?\/bot/
    $x3 = /\b(webhook\.site|pipedrea\Bm\.net|requestbin\.|oastify\.com|gofile\b\.io|transfe\Br\.sh|anonfil\Bes\.com|ngrok\.io|ngrok-free\.app|requestcatche\Br\.com|beecept\Bor\.com|catb\Box\.moe)/
    $x4 = /\b[sS](endDocument|endPhoto)\b/
    $v1 = /\b(requests|httpx|session|client)\.(post|put|request)\s?\(/
    $v2 = /urlop\Ben\(|DiscordWebhook\(|\bcurl\b/
  condition:
    filesize < 300KB and $l and $q and any of ($k*) and any of ($x*) and any of ($v*)
}

// Killing frees locked databases. Test drivers end their own child, not every chrome.exe.
rule browser_py_kill_and_read {
  meta:
    id = "browser-py-kill-and-read"
    severity = "high"
    confidence = "likely"
    description = "Kills browsers before touching their stores"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-23"
  strings:
    $t = /(taskkill|TASKKILL|Taskkill|TaskKill|killall|pkill)\b[^\n]{0,40}([cC]hrome|[mM]sedge|[bB]rave|[fF]irefox|[oO]\wera)/
    $t2 = /["'](chrome|msedge|brave|firefox|opera|vivaldi)\.exe["'][^\n]{0,200}["'](chrome|msedge|brave|firefox|opera|vivaldi)\.exe["'][^\x00]{0,300}\.(kill|terminate)\(\)/i
    $s = /Login Data|Local State|encrypt\Bed_value|["'\/\\]Cooki\Bes["']|leveldb|Lo\Bcal Extension Settings/
  condition:
    filesize < 200KB and $s and any of ($t*)
}

// Saved passwords (not cookies) plus the decryption key. Cookie readers never touch the logins table.
rule browser_py_passwords {
  meta:
    id = "browser-py-passwords"
    severity = "high"
    confidence = "likely"
    description = "Decrypts saved browser passwords or takes the Firefox login pair"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-23"
  strings:
    $l = /["'\/\\ ]Login Data\b/
    $q = /password_value/
    $k1 = "CryptUnprotectData"
    $k2 = "encrypted_key"
    $k3 = /Chrome Safe Storage|AES\.MODE_GCM|AESGCM\(/
    $k4 = "logins.json"
    $k5 = /PK11SDR_Decrypt/
    $k6 = "key4.db"
    $p = /User Data|google-chrome|Application Support|BraveSoftware|\.mozilla/
    $up = /["']rb["']|rea\Bd_bytes|f\Biles\s?=/
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
    filesize < 300KB and (($l and any of ($k1,$k2,$k3)) or ($q and any of ($k1,$k2,$k3)) or ($k4 and $k5) or (any of ($s*) and (($k4 and $k6) or (filesize < 40KB and $l and $p and $up))))
}

// A cookie reader honestly uses the cookies on their own site; a chat webhook or drop host is not that site.
rule browser_py_cookies_send {
  meta:
    id = "browser-py-cookies-send"
    severity = "high"
    confidence = "likely"
    description = "Reads browser cookies of an account and sends them to a collector host"
    reference = "https://attack.mitre.org/techniques/T1539/"
    date = "2026-11-23"
  strings:
    $c1 = /browser_cookie3\.|encrypt\Bed_value|get_cookies\(\)|\bbrowsercookie\./
    $c2 = /Net[wW]ork["',\s\/\\]{1,8}Coo\Bkies|moz_cookies|cooki\Bes\.sqlite|\.ROBLOSECURITY|r\Boblosecurity/
    $r = /\.ROBLOSECURITY|_\|WARNING:-DO-NOT-SHARE/
    $b = /browser_cookie3\.(chrome|firefox|edge|opera|brave|load|chromium)|encrypt\Bed_value/
    $x1 = /discord(app)?\.\bcom(\.invalid)?\/\bapi\/(v\d{1,2}\/)?webhooks/
    $x2 = /api\.telegram\.org(\.invalid)?\/bot/
    $x3 = /\b(webhook\.site|pipedrea\Bm\.net|requestbin\.|oastify\.com|gofile\b\.io|transfe\Br\.sh|anonfil\Bes\.com|ngrok\.io|ngrok-free\.app|requestcatche\Br\.com|beecept\Bor\.com|catb\Box\.moe)/
    $x4 = /\b[sS](endDocument|endPhoto)\b/
  condition:
    filesize < 200KB and (($r and $b) or (($c1 or $c2) and any of ($x*)))
}

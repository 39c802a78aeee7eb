// cred/keychain: script files

// The whole keychain rather than one item, with an upload in the same script.
rule keychain_dump_send {
  meta:
    id = "keychain-dump-send"
    severity = "high"
    confidence = "likely"
    description = "Dumps or copies the macOS keychain and sends it"
    reference = "https://attack.mitre.org/techniques/T1555/001/"
    date = "2026-11-23"
  strings:
    $a = /security["',\s]{1,6}dump-keychain/
    $b = /login\.keychain(-db)?\b/
    $s1 = /\b(requests|httpx|session|client)\.(post|put|request)\s?\(/
    $s2 = "urlopen("
    $s3 = /HTTPSConnect[iI]on\(|HTTPConnect[iI]on\(/
    $s4 = "smtplib.SMTP"
    $s5 = /\bDiscordWebhook\(|\bSy\BncWebhook\./
    $s6 = "sendDocument"
    $s7 = ".sendall("
    $s8 = /\.\bpost\(\s{0,40}f?["']https?:/
    $s9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
    $j1 = /\baxios(\.(post|put|request))?\s?\(/
    $j2 = /["'`]POST["'`]/
    $j3 = "sendBeacon("
    $j4 = /https\.request\(|http\.request\(/
    $j5 = /\b(needle|superagent|request|undici)\.\bpost\(/
    $j6 = /\bnet\.(connect|createConnection)\(/
    $j7 = "dns.resolve"
    $j8 = /\bfetch\(\s{0,8}["'`]https?:/
    $j9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
    $h5 = "/dev/tcp/"
  condition:
    filesize < 120KB and (any of ($s*) or any of ($j*) or $h5) and ($a or $b)
}

// askpass helpers do this too.
rule keychain_fake_prompt {
  meta:
    id = "keychain-fake-prompt"
    severity = "medium"
    confidence = "likely"
    description = "Asks for a password with a scripted dialog"
    reference = "https://attack.mitre.org/techniques/T1056/002/"
    date = "2026-11-23"
  strings:
    $a = /display dialog[^\n]{0,300}(with hidden answer|hidden answer true)/i
  condition:
    $a
}

// Dialog with hidden answer plus a directory-service check. Askpass helpers hand the text to ssh or sudo, they never verify it.
rule keychain_fake_prompt_verify {
  meta:
    id = "keychain-fake-prompt-verify"
    severity = "critical"
    confidence = "certain"
    description = "Asks for the login password in a fake dialog and verifies it"
    reference = "https://attack.mitre.org/techniques/T1056/002/"
    date = "2026-11-23"
  strings:
    $a = /hidden answer/i
    $d = /display dialog/i
    $b1 = /dscl["',\s]{1,6}(\.|\/Local\/Default)["',\s]{1,6}-?authonly/
    $b2 = /security["',\s]{1,6}unlock-keychain["',\s]{1,6}-p/
  condition:
    filesize < 300KB and $a and $d and any of ($b*)
}

// Asking by dialog and running sudo -S afterwards without a terminal.
rule keychain_prompt_sudo {
  meta:
    id = "keychain-prompt-sudo"
    severity = "high"
    confidence = "likely"
    description = "Password from a scripted dialog is piped into sudo or saved to a file"
    reference = "https://attack.mitre.org/techniques/T1056/002/"
    date = "2026-11-23"
  strings:
    $a = /display dialog[^\n]{0,300}(with hidden answer|hidden answer true)/i
    $b1 = /\bsudo["',\s]{1,6}-S\b/
    $b2 = /\/tmp\/\.?\w{0,12}(pass|pwd|pw)\w{0,8}\b/
    $b3 = /login\.keychain/
  condition:
    filesize < 200KB and $a and any of ($b*)
}

// Clear-text listing or enumeration of every collection plus a send. Keyring back ends fetch one item by attributes.
rule keychain_store_dump_send {
  meta:
    id = "keychain-store-dump-send"
    severity = "high"
    confidence = "likely"
    description = "Stored Wi-Fi or desktop keyring secrets are listed and sent"
    reference = "https://attack.mitre.org/techniques/T1555/"
    date = "2026-11-23"
  strings:
    $a = /netsh["',\s]{1,6}wlan["',\s]{1,6}(show|export)[^\n]{0,100}key["',\s]{0,4}=\s?clear/i
    $b = /secretstorage\.get_all_collections|secretstorage\.get_default_collection|get_all_items\(\)|secret-tool\s{1,3}search\s{1,3}--all|\bCredEnumerateW?\(|vaultcmd(\.exe)?["',\s]{1,6}\/listcreds/i
    $s1 = /\b(requests|httpx|session|client)\.(post|put|request)\s?\(/
    $s2 = "urlopen("
    $s3 = /HTTPSConnect[iI]on\(|HTTPConnect[iI]on\(/
    $s4 = "smtplib.SMTP"
    $s5 = /\bDiscordWebhook\(|\bSy\BncWebhook\./
    $s6 = "sendDocument"
    $s7 = ".sendall("
    $s8 = /\.\bpost\(\s{0,40}f?["']https?:/
    $s9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
    $j1 = /\baxios(\.(post|put|request))?\s?\(/
    $j2 = /["'`]POST["'`]/
    $j3 = "sendBeacon("
    $j4 = /https\.request\(|http\.request\(/
    $j5 = /\b(needle|superagent|request|undici)\.\bpost\(/
    $j6 = /\bnet\.(connect|createConnection)\(/
    $j7 = "dns.resolve"
    $j8 = /\bfetch\(\s{0,8}["'`]https?:/
    $j9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
    $h1 = /\bcurl\b[^\n]{0,200}\s(-F|-T|-d|--data|--upload-file|--form|-X\s?POST)/
    $h2 = /\bwget\b[^\n]{0,160}--(post|body)-/
    $h3 = /Invoke-(RestMethod|WebRequest)\b[^\n]{0,200}-(Method\s{1,4}['"]?Post|InFile|Body)/i
    $h4 = /\.Upload(File|String|Data|Values)\(/i
    $h5 = "/dev/tcp/"
    $h6 = "| nc "
  condition:
    filesize < 150KB and any of ($a,$b) and (any of ($s*) or any of ($j*) or any of ($h*))
}

// The file in which editors of JetBrains keep every password, or the key to it, is read, and a request is made. Look-alikes: plug-ins that keep
// a token of their own in the store and ask it for that.
rule keychain_ide_store_sent {
  meta:
    id = "keychain-ide-store-sent"
    severity = "high"
    confidence = "likely"
    description = "A plug-in reads the file with an editor's passwords and sends"
    reference = "https://attack.mitre.org/techniques/T1555/"
    date = "2026-12-01"
  strings:
    $file1 = "\"c.kdbx\""
    $file2 = "\"c.pwd\""
    $file3 = "/c.kdbx"
    $read = /readAllBytes|readBytes\s?\(|readText\s?\(|FileInputStream|inputStream\s?\(|Files\.copy/
    $send = /HttpRequests\.post|\.openConnection\s?\(|HttpClient\b|\.newCall\s?\(|BodyPublishers|new Socket\(|Socket\(/
  condition:
    filesize < 100KB and any of ($file*) and $read and $send
}

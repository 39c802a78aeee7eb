// cred/browser: javascript files

// DPAPI or key file plus a login store, or several stores plus an upload, as in interview-task stealers.
rule browser_js_stores {
  meta:
    id = "browser-js-stores"
    severity = "high"
    confidence = "likely"
    description = "Decrypts or gathers saved browser logins in JavaScript"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-23"
  strings:
    $l = "Local State"
    $k = "encrypted_key"
    $d = /unprotectData|ProtectedData\]::Unprotect|ProtectedData::Unprotect|CryptUnprotectData|win-dpapi|@primno\/dpapi|aes-256-gcm/
    $s = /Login Data|["'\/\\]Cookies["'`]|Web D\Bata/
    $l1 = /["'`\/\\]Login Data\b/
    $l2 = /logins\.json|key4\.db/
    $l3 = /Local Extension Settings/
    $l4 = /login\.keychain-db/
    $j1 = /\baxios(\.(post|put|request))?\s?\(/
    $j2 = /["'`]POST["'`]/
    $j3 = "sendBeacon("
    $j4 = /https\.request\(|http\.request\(/
    $j5 = /\b(needle|superagent|request|undici)\.\bpost\(/
    $j6 = /\bnet\.(connect|createConnection)\(/
    $j7 = "dns.resolve"
    $j8 = /\bfet\Bch\(\s{0,8}["'`]https?:/
    $j9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
    $f = /createReadStream|FormData|readFileSync|formData/
  condition:
    filesize < 400KB and (($l and $k and $d and $s) or ($f and 2 of ($l1,$l2,$l3,$l4) and any of ($j*)))
}

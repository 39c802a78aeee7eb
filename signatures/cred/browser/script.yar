// cred/browser: script files

// SQL on the logins table. Honest readers are browsers' own importers (native code) and forensic suites.
rule browser_logins_query {
  meta:
    id = "browser-logins-query"
    severity = "high"
    confidence = "likely"
    description = "Queries the saved-password table of a Chromium profile"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-23"
  strings:
    $a = /SELECT[^\n]{0,100}password_value[^\n]{0,60}FROM\s{1,4}logins/i
    $b = /SELECT[^\n]{0,100}card_number_encrypted[^\n]{0,60}FROM\s{1,4}credit_cards/i
  condition:
    any of them
}

// Kometa, Orbitum, 7Star and the like appear together only in stealers' path tables.
rule browser_many_profiles {
  meta:
    id = "browser-many-profiles"
    severity = "high"
    confidence = "likely"
    description = "Lists the profile folders of many minor Chromium browsers"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-23"
  strings:
    $a1 = "Kometa"
    $a2 = "Orbitum"
    $a3 = "CentBrowser"
    $a4 = "7Star"
    $a5 = /Sputnik["',\s\/\\]{1,8}Sputnik/
    $a6 = "uCozMedia"
    $a7 = "Epic Privacy Browser"
    $a8 = /["'\/\\]Iridium["'\/\\]/
    $a9 = /["'\/\\]Torch["'\/\\]/
    $a10 = /["'\/\\]Amigo["'\/\\]/
    $a11 = /["'\/\\]CocCoc["'\/\\]/
    $u = /User Data|leveldb|Login Data/
  condition:
    filesize < 400KB and $u and 4 of ($a*)
}

// Profile under User Data plus a remote debugging port plus getAllCookies. Automation tools use a temporary profile.
rule browser_cdp_cookies {
  meta:
    id = "browser-cdp-cookies"
    severity = "high"
    confidence = "likely"
    description = "Starts the user's real browser profile in debug mode and dumps all cookies"
    reference = "https://attack.mitre.org/techniques/T1539/"
    date = "2026-11-23"
  strings:
    $p = "remote-debugging-port"
    $c = /(Network\.getAllCookies|Storage\.getCookies)/
    $u = /[uU]ser [dD]ata|\.[cC]onfig\/google-chrome|Application Support\/Google\/Chrome/
  condition:
    filesize < 80KB and all of them
}

// Look-alikes: cookie readers, selenium profiles, forensics.
rule browser_store_path {
  meta:
    id = "browser-store-path"
    severity = "info"
    confidence = "likely"
    description = "Names a browser's password or cookie store"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-23"
  strings:
    $a = /User Data["',\s\/\\]{1,8}(Default|Local State)/
    $b = /["'\/\\]Login Data["'\/\\]/
    $c = /["'\/\\]key4\.db["'\/\\]/
  condition:
    any of them
}

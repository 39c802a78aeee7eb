// start/open/xdg-open on a literal URL from a file with little else. Look-alikes: development servers, which open a local address.
rule empty_or_placeholder_browser_js {
  meta:
    id = "empty-or-placeholder-browser-js"
    severity = "medium"
    confidence = "likely"
    description = "A tiny script opens a web page in the browser"
    reference = "https://attack.mitre.org/techniques/T1204/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec|execSync|spawn) ?\( ?['"`](start|open|xdg-open)["'`, \[]{1,5}["']{0,2} ?https?:\/\//
    $l = /https?:\/\/(localhost|127\.0\.0\.1)/
  condition:
    $a and not $l and filesize < 4KB
}

// A page to sign in on opens by itself, with the name of whoever is there already in its address. Look-alikes: commands that log somebody in,
// which are more than that and wait for the answer.
rule empty_or_placeholder_sign_in {
  meta:
    id = "empty-or-placeholder-sign-in"
    severity = "high"
    confidence = "likely"
    description = "A tiny script opens a page to sign in on, and tells it who is there"
    reference = "https://attack.mitre.org/techniques/T1566/002/"
    date = "2026-11-30"
  strings:
    $o1 = "xdg-open"
    $o2 = /['"`](start|open)['"`]/
    $s = /\b(spawn|spawnSync|exec|execSync|execFile|execFileSync)\s{0,2}\(/
    $u = /https?:\/\/[a-z0-9.-]{0,60}(login|log-in|signin|sign-in|verify|account|sso)[a-z0-9.\/-]{0,60}/ nocase
    $w1 = "userInfo()"
    $w2 = "npm_config_username"
    $w3 = /env\.(USER|USERNAME|LOGNAME)\b/
    $w4 = "npm_config_email"
    $l1 = "createServer"
    $l2 = "localhost"
    $l3 = "127.0.0.1"
    $l4 = "client_id"
    $l5 = "device_code"
  condition:
    filesize < 4KB and $o1 and $o2 and $s and $u and any of ($w*) and not any of ($l*)
}

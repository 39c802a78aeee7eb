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

// cred/keylog-screen: javascript files

// Skimmer shape. Session replay and chat widgets do similar things with their own host.
rule keylog_js_page_send {
  meta:
    id = "keylog-js-page-send"
    severity = "medium"
    confidence = "likely"
    description = "Page key presses or form values are sent to a fixed address"
    reference = "https://attack.mitre.org/techniques/T1056/003/"
    date = "2026-11-23"
  strings:
    $a = /addEventListene\Br\(["'`]key(press|down|up)["'`][^\n]{0,240}(sendBeacon|\bfetch\(\s?["'`]https?:|new Image\(|new WebSocket\()/
    $b = /que[rR]ySelectorAll?\(["'`][^"'`\n]{0,60}(cc-?number|card-?number|cvv|cvc|type=.?password)[^\x00]{0,400}(sendBeacon|\bfetch\(\s?["'`]https?:)/
  condition:
    filesize < 100KB and any of them
}

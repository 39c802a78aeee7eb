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

// What is typed into fields for seeds and passwords leaves the page at once. Password managers store it in the extension; analytics of
// pages leave these fields out.
rule keylog_js_secret_fields {
  meta:
    id = "keylog-js-secret-fields"
    severity = "high"
    confidence = "likely"
    description = "Script watches input fields for seeds or passwords and sends their values"
    reference = "https://attack.mitre.org/techniques/T1056/001/"
    date = "2026-11-26"
  strings:
    $l = /addEventListener\(\s?["'`](input|keydown|keyup|keypress|change|paste|submit)["'`]/
    $f = /(seed|mnemonic|passphrase|private.?key|password|recovery)/ nocase
    $s = /(\.src\s?=\s?|sendBeacon\(|fetch\(|\.open\(\s?["'`]POST|WebSocket\(|\.send\()[^\n]{0,120}(https\b:\/\/|http:\/\/|wss?:\/\/|\.value)/
    $v = /\.target\.value|\.value\b/
  condition:
    filesize < 60KB and $l and $v and for any of ($l) : ( # < 12 and any of ($f) in (@..@+600) and $s in (@..@+900) )
}

// What is typed into a form is collected when it is submitted, because the names of its fields speak of passwords or cards, and leaves in the
// address of a picture or a beacon. Look-alikes: pages that post their own form, validators, and password managers, which keep what they take.
rule keylog_js_form_grab {
  meta:
    id = "keylog-js-form-grab"
    severity = "high"
    confidence = "likely"
    description = "Forms are watched for passwords and cards, and what they hold is sent"
    reference = "https://attack.mitre.org/techniques/T1056/003/"
    date = "2026-11-29"
  strings:
    $l = /addEventListener\(\s?["'`](submit|change|input|blur)["'`]|\.on(submit|change)\s?=/
    $t = /\/[^\/\n]{0,60}(pass|pwd|cvv|cvc|card|iban|otp)[^\/\n]{0,40}\|[^\/\n]{0,60}(pass|pwd|cvv|cvc|card|iban|otp)[^\/\n]{0,60}\/i?\s?[.,;)]/ nocase
    $e = /\.elements\b|new FormData\(|querySelectorAll\(\s?["'`](input|form)|\.type\s?===?\s?["']password["']/
    $s = /new Image\(|sendBeacon\(|\.src\s?=\s?[^\n]{0,120}(encodeURIComponent|btoa)|mode:\s?["']no-cors["']/
    $u = /["'`]((https?:)?\/\/[^"'`\s\/]{3,80}|https?:\/)/
    $b = /\bbtoa\(|encodeURIComponent\(|JSON\.stringify\(/
  condition:
    filesize < 200KB and $l and $t and $e and $s and $u and $b
}

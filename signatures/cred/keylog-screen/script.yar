// cred/keylog-screen: script files

// Screenshot plus webhook, bot or drop host in one small file. Test tools save to disk or their own report server.
rule screenshot_send {
  meta:
    id = "screenshot-send"
    severity = "high"
    confidence = "likely"
    description = "A screenshot is taken and sent to a collector host"
    reference = "https://attack.mitre.org/techniques/T1113/"
    date = "2026-11-23"
  strings:
    $a = /ImageGrab\.grab\(|pyautogui\.s[cC]reenshot\(|\bmss\.mss\(|pys[cC]reenshot|pys[cC]reeze\.s[cC]reenshot|s[cC]reenshot-desktop|Co\BpyFromScreen|desktopCapturer\.\bgetSources|\bs[cC]reencapture -/
    $x1 = /discord(app)?\.\bcom(\.invalid)?\/\bapi\/(v\d{1,2}\/)?webhooks/
    $x2 = /a\Bpi\.telegram\.org(\.invalid)?\/bot/
    $x3 = /\b(webhook\.site|pipedrea\Bm\.net|requestbin\.|oastify\.com|gofile\b\.io|transfe\Br\.sh|anonfil\Bes\.com|ngrok\.io|ngrok-free\.app|requestcatcher\.com|beecept\Bor\.com|catbox\.moe)/
    $x4 = /\b[sS](endDocument|endPhoto)\b/
  condition:
    filesize < 200KB and $a and any of ($x*)
}

// As screenshot-send for camera and sound.
rule webcam_mic_send {
  meta:
    id = "webcam-mic-send"
    severity = "high"
    confidence = "likely"
    description = "Camera or microphone is recorded and sent to a collector host"
    reference = "https://attack.mitre.org/techniques/T1125/"
    date = "2026-11-23"
  strings:
    $a = /cv2\.VideoCapture\(\s?0|sounddevi\Bce\.rec\(|sd\.rec\(|pyaudi\Bo\.PyAudio\(|no\Bde-webcam|node-record-lpcm16|Ima\BgeSnap|im[aA]gesnap/
    $x1 = /discord(app)?\.\bcom(\.invalid)?\/\bapi\/(v\d{1,2}\/)?webhooks/
    $x2 = /a\Bpi\.telegram\.org(\.invalid)?\/bot/
    $x3 = /\b(webhook\.site|pipedrea\Bm\.net|requestbin\.|oastify\.com|gofile\b\.io|transfe\Br\.sh|anonfil\Bes\.com|ngrok\.io|ngrok-free\.app|requestcatcher\.com|beecept\Bor\.com|catbox\.moe)/
    $x4 = /\b[sS](endDocument|endPhoto)\b/
  condition:
    filesize < 150KB and $a and any of ($x1,$x2,$x3,$x4)
}

// A capability: hotkey tools, games, test automation.
rule keylog_screen_capability {
  meta:
    id = "keylog-screen-capability"
    severity = "info"
    confidence = "likely"
    description = "Listens for key presses or takes pictures of the screen"
    reference = "https://attack.mitre.org/techniques/T1056/001/"
    date = "2026-11-23"
  strings:
    $a = /pynput(\.keyboard|\s{1,3}import\s{1,3}keyboard)/
    $b = "GetAsyncKeyState" fullword
    $c = /keyboard\.(on_press|on_release|hook|record)\(/
    $d = "SetWindowsHookEx"
    $e = /no\Bde-global-key-listener|uiohook-napi|\biohook\b/
    $f = "ImageGrab.grab" fullword
    $g = "pyautogui.screenshot" fullword
    $h = "screenshot-desktop"
    $i = "CopyFromScreen" fullword
    $j = /\bmss\.ms\Bs\(\)/
  condition:
    any of them
}

// Global key listener plus mail or HTTP send in one small file. Hotkey tools do not post.
rule keylog_send {
  meta:
    id = "keylog-send"
    severity = "high"
    confidence = "likely"
    description = "Key presses are recorded and sent out"
    reference = "https://attack.mitre.org/techniques/T1056/001/"
    date = "2026-11-23"
  strings:
    $k1 = /keyboard\.Listener\(|pynput\.keyboard/
    $k2 = /GetAsyncKeySt[aA]te\(/
    $k3 = /keyboard\.(on_press|on_release|hook|read_event|record)\(/
    $k4 = /pyHook|HookKeyboard\(|SetWindowsHookExA|WH_KEYBOARD_LL/
    $k5 = /f\Brom pynput import [^\n]{0,20}keyboard/
    $k6 = /["'`](iohook|uiohook-napi|node-global-key-listener|iohook-raub)["'`]/
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
  condition:
    filesize < 60KB and any of ($k*) and (any of ($s*) or any of ($j*))
}

// Any destination; honest bug reporters exist.
rule screenshot_post {
  meta:
    id = "screenshot-post"
    severity = "medium"
    confidence = "likely"
    description = "A screenshot is taken and posted"
    reference = "https://attack.mitre.org/techniques/T1113/"
    date = "2026-11-23"
  strings:
    $a = /ImageGrab\.grab\(|pyautogui\.screenshot\(|\bmss\.mss\(|pyscreeze\.screenshot|["'`]screenshot-desktop["'`]|desktopCapturer\.\bgetSources/
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
  condition:
    filesize < 60KB and $a and (any of ($s*) or any of ($j*))
}

// Names of keys and titles of windows in one buffer that a request carries. Look-alikes: tools for hot keys name keys to show them, and send nothing.
rule keylog_source_windows_sent {
  meta:
    id = "keylog-source-windows-sent"
    severity = "high"
    confidence = "likely"
    description = "C code names pressed keys and the window in front, and sends them"
    reference = "https://attack.mitre.org/techniques/T1056/001/"
    date = "2026-11-30"
  strings:
    $k = /\b(GetKeyNameText[AW]?|MapVirtualKey(Ex)?[AW]?)\s?\(/
    $f = "GetForegroundWindow("
    $t = /\bGetWindowText(Length)?[AW]?\s?\(/
    $n = /\b(HttpSendRequest(Ex)?[AW]?|WinHttpSendRequest|InternetWriteFile|curl_easy_perform|sendto|WSASend|send)\s?\(/
  condition:
    filesize < 200KB and $k and $f and $t and $n
}

// A server's code prints a script for pages that takes what is typed into the fields of a card and sends it on. Look-alikes: checkouts of payment
// services, whose fields lie in a frame of theirs; validation, which sends nothing.
rule keylog_screen_printed_skimmer {
  meta:
    id = "keylog-screen-printed-skimmer"
    severity = "high"
    confidence = "likely"
    description = "Code of a server prints a script that takes the fields of a card and sends them"
    reference = "https://attack.mitre.org/techniques/T1056/003/"
    date = "2026-12-01"
  strings:
    $php = "<?php"
    $tag = /<script\b/
    $field = /\/[^\/\n]{0,40}\b?(card|cc|cvv|cvc)\|[^\/\n]{0,60}(cvv|cvc|exp|card)[^\/\n]{0,60}\/i?\.test\(|que[rR]ySelector(All)?\([^)\n]{0,80}(card.?number|cvv|cvc)/
    $take = /\.value\b/
    $send = /sendBeacon\s?\(|\bfetch\s?\(|XMLHttpRequest|new Image\b|\$\.(post|ajax)\s?\(/
    $code = /\bbtoa\s?\(|JSON\.stringify\s?\(|encodeURIComponent\s?\(/
  condition:
    filesize < 300KB and $php and for any i in (1..#field) : ( i < 6 and $tag in (@field[i]-2000..@field[i]) and $take in (@field[i]..@field[i]+600) and $send in (@field[i]..@field[i]+900) and $code in (@field[i]..@field[i]+900) )
}

// What arrives at a server is put behind a picture's end, or into a file that is called one. Look-alikes: uploads of pictures, which are written
// once and whole.
rule keylog_screen_hoard_in_picture {
  meta:
    id = "keylog-screen-hoard-in-picture"
    severity = "high"
    confidence = "likely"
    description = "What a request brings is gathered in a file that is called a picture"
    reference = "https://attack.mitre.org/techniques/T1074/001/"
    date = "2026-12-01"
  strings:
    $in = /php:\/\/input|\$_(POST|REQUEST|COOKIE|GET)\b/
    $keep = /file_put_contents\s?\([^;\n]{0,120}\.(png|jpe?g|gif|ico|webp|svg|css|woff2?)["'][^;\n]{0,120}FILE_APPEND/
    $keep2 = /fopen\s?\([^;\n]{0,120}\.(png|jpe?g|gif|ico|webp)["']\s?,\s?["']a/
  condition:
    filesize < 300KB and $in and any of ($keep*)
}

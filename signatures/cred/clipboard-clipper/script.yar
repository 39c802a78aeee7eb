// cred/clipboard-clipper: script files

// A capability.
rule clipboard_read {
  meta:
    id = "clipboard-read"
    severity = "info"
    confidence = "likely"
    description = "Reads the clipboard"
    reference = "https://attack.mitre.org/techniques/T1115/"
    date = "2026-11-23"
  strings:
    $a = "pyperclip.paste" fullword
    $b = /clipboard\.readText|clipboardy\.read/
    $c = "Get-Clipboard" nocase fullword
    $d = "GetClipboardData" fullword
  condition:
    any of them
}

// Read, address pattern and write in one small file with a loop: a clipper. Password managers write and clear but never match coin addresses.
rule clipboard_clipper_swap {
  meta:
    id = "clipboard-clipper-swap"
    severity = "critical"
    confidence = "certain"
    description = "Watches the clipboard for coin addresses and replaces them"
    reference = "https://attack.mitre.org/techniques/T1115/"
    date = "2026-11-23"
  strings:
    $r = /pyperclip\.paste\(|GetClipboardData\(|clipboard_get\(|clipboard\.readText\(|clipboardy\.readSync\(|clipboardy\.read\(|clipboard\.readSync\(|Get-Clipboard|clipboard\.paste\(/
    $w = /pyperclip\.copy\(|SetClipboardT[eE]xt\(|SetClipboardData\(|clipboard_append\(|clipbo[aA]rd\.writeText\(|clipboardy\.writeSync\(|clipboardy\.write\(|clipbo[aA]rd\.writeSync\(|Set-Clipboard|clipbo[aA]rd\.copy\(/
    $a1 = /\(?\^?\(?bc1/
    $a2 = /0x\[a-f[A-F0-9-]{2,9}\]\{40\}|0x\[A-F[a-f0-9-]{2,9}\]\{40\}|0x\[(0-9a-f|0-9A-F|\\da-f)[A-Fa-f0-9-]{0,6}\]\{40\}/
    $a3 = /\[13\]\[a-km-z|\[13\]\{1\}\[a-km-z|\[LM3\]\[a-km-z|\[48\]\[0-9AB\]|4\[0-9AB\]\[1-9A-HJ|X\[1-9A-HJ-NP-Za-km-z\]\{33\}|T\[A-Za-z1-9\]\{33\}/
    $l = /while\s{0,2}\(?\s?(True|true|1|\$true)\b|setInterval\(|Start-Sleep|tim[eE]\.sleep\(|\.after\(|thr\Beadi\Bng\.|o\Bn_clipboard|while not /
  condition:
    filesize < 80KB and $r and $w and $l and any of ($a*)
}

// Clipboard sync tools talk to their own service, not to chat webhooks or drop hosts.
rule clipboard_send {
  meta:
    id = "clipboard-send"
    severity = "high"
    confidence = "likely"
    description = "Clipboard content is sent to a collector host"
    reference = "https://attack.mitre.org/techniques/T1115/"
    date = "2026-11-23"
  strings:
    $r = /pyperclip\.paste\(|GetClipboardData\(|clipboa\Brd_get\(|clipboardy\.read(Sync)?\(|Get-Clipboard|\bpbpaste\b|xclip -o/
    $x1 = /discord(app)?\.\bcom(\.invalid)?\/\bapi\/(v\d{1,2}\/)?webhooks/
    $x2 = /a\Bpi\.telegram\.org(\.invalid)?\/bot/
    $x3 = /\b(webhook\.site|pipedrea\Bm\.net|requestbin\.|oastify\.com|gofile\b\.io|transfe\Br\.sh|anonfil\Bes\.com|ngrok\.io|ngrok-free\.app|requestcatcher\.com|beecept\Bor\.com|catbox\.moe)/
    $x4 = /\b[sS](endDocument|endPhoto)\b/
  condition:
    filesize < 150KB and $r and any of ($x1,$x2,$x3,$x4)
}

// Capability: talks to a messenger bot or webhook API. Every Discord or Telegram library does.
rule exfil_service_messenger_api {
  meta:
    id = "exfil-service-messenger-api"
    severity = "info"
    confidence = "likely"
    description = "Names a messenger webhook or bot API"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $a = "api.telegram.org"
    $b = /discord(app)?\.\bcom(\.invalid)?\/\bapi\/(v\d{1,2}\/)?webhooks/
    $c = "hooks.slack.com/services"
  condition:
    any of them
}

// Bot API with a literal chat number beside it: data goes to one fixed chat. Frameworks take the chat from the update or from the caller.
rule exfil_service_telegram_fixed {
  meta:
    id = "exfil-service-telegram-fixed"
    severity = "high"
    confidence = "likely"
    description = "Telegram bot request with a chat number or token fixed in the code"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $api = /a\Bpi\.telegram\.org(\.invalid)?\/bot/
    $chat = /(chat_id|chatid|chatId|CHAT_ID|CHATID|ChatId)["']?\]?\s{0,3}[:=]\s{0,3}["']?-?(\d\w{7,13})\b/
    $example = /["']?-?(100)?(123456|987654|000000|111111)\d{0,7}\b/ private
    $m = /\/send(Message|Document|Photo|MediaGroup|Video|Audio)/
    $tok = /["'`]\d\w{6,10}:AA[\w-]{24,44}["'`]/
  condition:
    filesize < 200KB and $api and (($m and for any i in (1..#chat) : ( not $example in (@chat[i]..@chat[i]+30) )) or $tok)
}

// Concrete address at an out-of-band collector (interactsh, burp, dnslog, canary tokens). Scanners and their templates name these hosts as well.
rule exfil_service_collector_host {
  meta:
    id = "exfil-service-collector-host"
    severity = "medium"
    confidence = "likely"
    description = "Address at a request collector or ad-hoc tunnel"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $a = /\.oast\.(pro|live|site|online|fun|me)\b/
    $b = /\.(oastify\.com|burpcollaborator\.net|interact\.sh|interactsh\.com|dnslog\.(cn|link|pw|store)|ceye\.io|eyes\.sh|bxss\.(me|in)|r87\.me|requestrepo\.com|canarytokens\.(com|org)|xss\.ht|callback\.red)\b/
    $c = "canarytokens.com/"
    // Lists of signs of known attacks have the beginning of one's name, and nobody is asked for that.
    $ra = /(\/\/webhook\.site(\.invalid)?\/[0-9a-f]{8}|webhook\.site(\.invalid)?\/[0-9a-f]{8}-)/
    $rb = /\.m\.pipedream\.net/
    $rc = /\.(beeceptor\.com|requestcatcher\.com|x\.pipedream\.net|webhook\b\.cool|free\.beeceptor\.com|requestbin\.(net|com)|hookdeck\.com\/e)\b/
    $rd = /requestbin\.(net|com|io)\/r\/\w/
    $re = /(hookb\.in|hookbin\.com|ptsv[23]\.com\/t|postb\.in|typedwebhook\.tools\/webhook|webhook-test\.com)\/[\w-]{6}/
    $rf = /https:\/\/[\w-]{4,60}\.(ngrok\.io|ngrok-free\.(app|dev)|ngrok\.app|ngrok\.dev|serveo\.net|loca\.lt|lhr\.life|trycloudflare\.com)\b/
    $rg = /\btcp:\/\/[\w.]{1,12}\.tcp\.[\w.]{0,6}ngrok\.io/
  condition:
    any of them
}

// Collector address and a sending call close together. Honest code of this shape is limited to scanners' own clients and examples.
rule exfil_service_collector_send {
  meta:
    id = "exfil-service-collector-send"
    severity = "high"
    confidence = "likely"
    description = "Request sent to an out-of-band or request-inspection collector"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $h1 = /\.oast\.(pro|live|site|online|fun|me)\b/
    $h2 = /\.(oastify\.com|burpcollaborator\.net|interact\.sh|interactsh\.com|dnslog\.(cn|link|pw|store)|ceye\.io|eyes\.sh|bxss\.(me|in)|r87\.me|requestrepo\.com|canarytokens\.(com|org)|callback\.red)\b/
    $h3 = /webhook\.site(\.invalid)?\/[0-9a-f]{8}/
    $h4 = /\.m\.pipedream\.net/
    $h5 = /\.(beeceptor\.com|requestcatcher\.com|x\.pipedream\.net|webhook\b\.cool|requestbin\.(net|com))\b/
    $h6 = /\.(ngrok\.io|ngrok-free\.app|ngrok-free\.dev|ngrok\.app|serveo\.net|loca\.lt|lhr\.life|trycloudflare\.com)\//
    $s = /(req[uU]ests\.(get|post|put)|urlopen|httpx\.(get|post)|HTTPSConnection|HTTPConnection|gethostbyname|ge\Btaddrinfo|(https\.|http\.)(request|get)|axios(\.(post|get|default))?|fetch|dns\.(lookup|resolve\w{0,6})|sen[dD]Beacon|urll\Bib\.request\.Request)\(|method["']?: ?["']POST|\bcurl -|\bcurl http|\bwget |nslookup |\bInvoke-(WebRequest|RestMethod)/
  condition:
    filesize < 300KB and (for any of ($h*) : ( for any j in (1..#) : ( j < 20 and ($s in (@[j]-700..@[j]+900)) ) ))
}

// Upload call of an anonymous file host. Their own client packages do the same.
rule exfil_service_filedrop_upload {
  meta:
    id = "exfil-service-filedrop-upload"
    severity = "medium"
    confidence = "likely"
    description = "Uploads to an anonymous file host"
    reference = "https://attack.mitre.org/techniques/T1567/002/"
    date = "2026-11-23"
  strings:
    $a = /(gofil\Be\.\bio\/(upload|contents\/upload)|anonfiles?\.(com|io)\/upload|ap\Bi\.anonfiles\.com|bashuplo\Bad\.com|litterb\Box\.catb\Box\.moe|catb\Box\.moe\/user\/ap\Bi\.php|pixeldra\Bin\.com\/api\/file|tmpfil\Bes\.[oO]rg\/api|uguu\.se\/upload|ap\Bi\.bayfiles\.com|store\d{1,3}\.gofile\.io)/
    $b = /requests\.(post|put)\(\s*f?["']https\b:\/\/(file\.io|transfer\.sh|0x0\.st|temp\.sh|oshi\.at|keep\.sh)/
    $c = /curl [^\n]{0,120}(--upload-file|-F ["']?file=|-T )[^\n]{0,80}(transfer\.sh|file\b\.io|0x0\.st|temp\.sh|oshi\.at|bashupload\.com)/
  condition:
    filesize < 500KB and (any of them)
}

// Executable fetched from chat attachments or anonymous hosts: vendors do not distribute programs there.
rule exfil_service_filedrop_executable {
  meta:
    id = "exfil-service-filedrop-executable"
    severity = "high"
    confidence = "likely"
    description = "Address of an executable or script at a chat CDN or anonymous file host"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /(cdn\.discordapp\.com|media\.discordapp\.net)\/attachmen\Bts\/\d\w{3,20}\/\d\w{3,20}\/[\w.%-]{1,60}\.(exe|dll|scr|bat|cmd|ps1|vbs|msi|jar|hta|elf|pyw|zip|rar)\b/
    $b = /(transfer\.sh|file\b\.io|anonfiles\.com|cdn-\d{1,4}\.anonfiles\.com|gofile\.io|catbox\.moe|0x0\.st|temp\.sh|bashupload\.com|pixeldrain\.com|tmpfiles\.org|oshi\.at)\/[\w.\/%-]{1,60}\.(exe|dll|scr|bat|cmd|ps1|vbs|msi|hta|elf)\b/
    $c = /(dropbox\.com\/s(cl\/fi)?\/|mediafire\.com\/file\/|dl\.dropboxusercontent\.com\/)[\w.\/%-]{1,80}\.(exe|dll|scr|bat|cmd|ps1|vbs|hta)\b/
    $d = /raw\.githubusercontent\.com\/[\w.-]{1,39}\/[\w.-]{1,60}\/[\w.\/%-]{1,80}\.(exe|scr|vbs|hta)\b/
  condition:
    any of them
}

// Raw text from a paste site. Small bots and demo scripts read settings the same way.
rule exfil_service_paste_raw {
  meta:
    id = "exfil-service-paste-raw"
    severity = "medium"
    confidence = "hint"
    description = "Reads raw text from a paste site"
    reference = "https://attack.mitre.org/techniques/T1102/"
    date = "2026-11-23"
  strings:
    $a = /pastebin\.com(\.invalid)?\/ra[wW]\/\w{4}|rent\B(ry\.co\/|ry\.org\/)[\w-]{2,40}\/ra[wW]|hastebin\.com\/ra[wW]\/\w|paste\.ee\/r\/\w|ghostbin\.\w{2,5}\/paste\/\w{3,12}\/ra[wW]|past\Bes\.\bio\/ra[wW]\/\w|controlc\.com\/\w{8}|dpaste\.(com|org)\/\w{4,12}(\.txt|\/ra[wW])|paste\.rs\/\w{3}|textb\Bin\.ne\Bt\/ra[wW]\/\w|pastebin\.pl\/view\/ra[wW]\/\w|justpaste\.it\/\w{4}/
  condition:
    $a
}

// What is left of a module that Nuitka compiled are its names and texts; in a small one they tell what it does. Clients have
// many more names, and addresses of their own host with an ordinary port.
rule exfil_service_compiled_collector {
  meta:
    id = "exfil-service-compiled-collector"
    severity = "high"
    confidence = "likely"
    description = "A small compiled module goes through folders or secrets and posts what it finds to a fixed address"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-27"
  strings:
    $h = "compiled to machine code by Nuitka"
    $c1 = /\b(walk|rglob|scandir|listdir|iterdir)\b/
    $c2 = /\b(expanduser|environ|gethostname|getuser|getnode)\b/
    $c3 = /\b(rb|read_bytes|read_text)\b/
    $s = /\b(post|urlopen|sendall|put)\b/
    $a1 = /https?:\/\/[\w.-]{4,80}:\d{2,5}\//
    $a2 = /https?:\/\/[\w.-]{4,80}(:\d{2,5})?(\/[\w.-]{1,40}){0,3}\/(collect|upload|grab|gate|drop|exfil|steal|log|logs|receive|report|submit)\b/
    $a3 = /https?:\/\/\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}/
  condition:
    filesize < 4KB and $h and 2 of ($c*) and $s and any of ($a*)
}

// A page of an extension holds a frame of somebody else's that nobody can see: what is posted to the page is read there. Look-alikes:
// frames that show something.
rule exfil_webview_hidden_frame {
  meta:
    id = "exfil-webview-hidden-frame"
    severity = "high"
    confidence = "likely"
    description = "A webview holds an invisible frame of a remote site"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-28"
  strings:
    $w = /createWebviewPanel|registerWebviewViewProvider|webview\.html\b|webviewView\b/
    $a = /<iframe[^>]{0,200}src=["'`]?https?:\/\/[^>]{1,300}(width|height|opacity)\s?[:=]\s?["']?0(px)?\b[^>]{0,80}(height|width|opacity)\s?[:=]\s?["']?0(px)?\b/
    $b = /<iframe[^>]{0,120}(width|height|opacity)\s?[:=]\s?["']?0(px)?\b[^>]{0,80}(height|width|opacity)\s?[:=]\s?["']?0(px)?\b[^>]{0,120}src=["'`]?https?:\/\//
    $c = /<iframe[^>]{0,200}(display\s?:\s?none|visibility\s?:\s?hidden)[^>]{0,200}src=["'`]?https?:\/\/|<iframe[^>]{0,200}src=["'`]?https?:\/\/[^>]{1,300}(display\s?:\s?none|visibility\s?:\s?hidden)/
  condition:
    filesize < 2MB and $w and any of ($a, $b, $c)
}

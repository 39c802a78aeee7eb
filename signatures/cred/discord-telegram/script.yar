// cred/discord-telegram: script files

// Secret scanners and chat libraries carry it as well.
rule discord_token_regex {
  meta:
    id = "discord-token-regex"
    severity = "medium"
    confidence = "likely"
    description = "Carries the text pattern of a Discord token"
    reference = "https://attack.mitre.org/techniques/T1528/"
    date = "2026-11-23"
  strings:
    $a = /\[\\w-\]\{2[346]\}\\?\\\.\[\\w-\]\{6\}\\?\\\.\[\\w-\]\{2[57]/
    $b = /mfa\\?\\\.\[\\w-\]\{8[04]/
    $c = /\[\\w-\]\{2[46]\}\\?\\\.\[\\w-\]\{6\}\\?\\\.\[\\w-\]\{38\}/
    $d = /\[(a-zA-Z0-9|A-Za-z\\d|A-Za-z0-9)_?-?\]\{24\}\\?\\\.\[(a-zA-Z0-9|A-Za-z\\d|A-Za-z0-9)_?-?\]\{6\}/
    // Scanners look for secrets of all kinds, and tell nobody elsewhere.
    $s1 = /\bAKIA\b|\bAKIA\[/
    $s2 = /\bgh(p|\[\w{2,8}\])_/
    $s3 = "PRIVATE KEY"
    $s4 = /\bpypi-AgE/
    $s5 = /\bxox[bpa\[]/
    $s6 = /\bAIza/
    $n = /http|socket|urllib|aiohttp|fetch\(|axios|webhook|\bcurl\b|smtp|XMLHttp|sendBeacon/
  condition:
    any of ($a,$b,$c,$d) and not (3 of ($s*) and not $n)
}

// Store, token pattern and outgoing call in one small file: a complete token grabber.
rule discord_token_leveldb_send {
  meta:
    id = "discord-token-leveldb-send"
    severity = "critical"
    confidence = "certain"
    description = "Extracts Discord tokens from local storage and sends them out"
    reference = "https://attack.mitre.org/techniques/T1528/"
    date = "2026-11-23"
  strings:
    $a = /\[\\w-\]\{2[346]\}\\?\\\.\[\\w-\]\{6\}\\?\\\.\[\\w-\]\{/
    $b = /mfa\\?\\\.\[\\w-\]\{8[04]/
    $e = /dQw4w9WgXcQ:/
    $l = /leveldb/
    $f = ".ldb"
    $x1 = /discord(app)?\.\bcom(\.invalid)?\/\bapi\/(v\d{1,2}\/)?webhooks/
    $x2 = /a\Bpi\.telegram\.org(\.invalid)?\/bot/
    $x3 = /\b(webhook\.site|pipedrea\Bm\.net|requestbin\.|oastify\.com|gofile\b\.io|transfe\Br\.sh|anonfil\Bes\.com|ngrok\.io|ngrok-free\.app|requestcatcher\.com|beecept\Bor\.com|catbox\.moe)/
    $x4 = /\b[sS](endDocument|endPhoto)\b/
    $v1 = /\b(requests|httpx|session)\.(post|put|request)\s?\(/
    $v2 = /urlopen\(|DiscordWebhook\(|\baxios\b|["'`]POST["'`]|\bfetch\(/
  condition:
    filesize < 250KB and $l and $f and any of ($a,$b,$e) and any of ($x*) and any of ($v*)
}

// Billing and gift endpoints under users/@me by literal URL. Bot libraries use route tables without the host and never billing.
rule discord_account_harvest {
  meta:
    id = "discord-account-harvest"
    severity = "high"
    confidence = "likely"
    description = "Looks up Discord account and payment data with a bare token"
    reference = "https://attack.mitre.org/techniques/T1528/"
    date = "2026-11-23"
  strings:
    $a = /discord(app)?\.com(\.invalid)?\/api\/(v\d{1,2}\/)?users\/@me\/(billing|outbound-promotions|relationships)/
  condition:
    filesize < 200KB and $a
}

// The tdata folder is a login. Session converters open it in place at a path the user gives.
rule telegram_tdata_grab {
  meta:
    id = "telegram-tdata-grab"
    severity = "high"
    confidence = "likely"
    description = "Copies or packs the Telegram Desktop session folder"
    reference = "https://attack.mitre.org/techniques/T1539/"
    date = "2026-11-23"
  strings:
    $t = /Telegram Desktop["',\s\/\\]{1,8}tdata|Telegram(\.exe)?["',\s\/\\]{1,8}tdata/
    $u = /\b(c\Bopytree|make\B_archive|ZipFile|c\Bopyfile|shut\Bil\.c\Bopy|cpSync|ar\Bchiver|Compress-Archive|c[rR]eate[rR]eadStream|adm-zip|upload)/
  condition:
    filesize < 400KB and all of them
}

// Token pattern plus leveldb store, or the private marker of encrypted desktop tokens. No honest library reads another program's storage for tokens.
rule discord_token_leveldb {
  meta:
    id = "discord-token-leveldb"
    severity = "high"
    confidence = "certain"
    description = "Searches local storage for Discord tokens or handles the client's encrypted token"
    reference = "https://attack.mitre.org/techniques/T1528/"
    date = "2026-11-23"
  strings:
    $a = /\[\\w-\]\{2[346]\}\\?\\\.\[\\w-\]\{6\}\\?\\\.\[\\w-\]\{/
    $b = /mfa\\?\\\.\[\\w-\]\{8[04]/
    $e = /dQw4w9WgXcQ:/
    $d = /\[(a-zA-Z0-9|A-Za-z\\d|A-Za-z0-9)_?-?\]\{24\}\\?\\\.\[(a-zA-Z0-9|A-Za-z\\d|A-Za-z0-9)_?-?\]\{6\}/
    $l = "leveldb"
    $l2 = /Local Storage/
    $u = /b64decode|Buffer\.from|atob\(|re\.findall|\.match\(|CryptUnprotectData|os_crypt/
  condition:
    filesize < 400KB and ((($l or $l2) and any of ($a,$b,$d,$e)) or ($e and $u))
}

// Minecraft: the access token of the player's session goes into a request. Look-alikes: launchers and clients, which hand it to Mojang's and
// Microsoft's servers only.
rule discord_telegram_game_session {
  meta:
    id = "discord-telegram-game-session"
    severity = "high"
    confidence = "likely"
    description = "The token of a game's session is sent away"
    reference = "https://attack.mitre.org/techniques/T1528/"
    date = "2026-11-29"
  strings:
    $g = /net\.minecraft\.|MinecraftClient|Minecraft\.getInstance\(\)|Minecraft\.getMinecraft\(\)|func_71410_x/
    $t = /getSession\(\)|\bSession \w{1,20} ?=|func_110432_I|getUser\(\)/
    $a = /getAccessToken\(\)|getSessionID\(\)|getSessionId\(\)|func_148254_d|func_111286_b|method_1674/
    $s = /HttpRequest\.newBuilder|HttpURLConnection|HttpPost\(|OkHttpClient|\.openConnection\(\)|new Socket\(/
    $u = /https?:\/\//
    $m = /https?:\/\/((sessionserver|api)\.mojang\.com|api\.minecraftservices\.com)/
  condition:
    filesize < 100KB and $g and $t and $a and $s and (#m == 0 or #u > #m)
}

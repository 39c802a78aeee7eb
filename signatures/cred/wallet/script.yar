// cred/wallet: script files

// Wallet id beside the extension settings folder: an attempt to copy the vault. Page code cannot reach that folder at all.
rule wallet_extension_store {
  meta:
    id = "wallet-extension-store"
    severity = "high"
    confidence = "certain"
    description = "Reads extension storage of known browser wallets"
    reference = "https://attack.mitre.org/techniques/T1555/"
    date = "2026-11-23"
  strings:
    $w1 = "nkbihfbeogaeaoehlefnkodbefgpgknn"
    $w2 = "ejbalbakoplchlghecdalmeeeajnimhm"
    $w3 = "fhbohimaelbohpjbbldcngcnapndodjp"
    $w4 = "bfnaelmomeimhlpmgjnjophhpkkoljpa"
    $w5 = "hnfanknocfeofbddgcijnmhnfnkdnaad"
    $w6 = "ibnejdfjmmkpcnlpebklmnkoeoihofec"
    $w7 = "fnjhmkhhmkbjkkabndcnnogagogbneec"
    $w8 = "egjidjbpglichdcondbcbdnbeeppgdph"
    $w9 = "aholpfdialjgjfhomihkjbmgjidlcdno"
    $w10 = "acmacodkjbdgmoleebolmdjonilkdbch"
    $w11 = "mcohilncbfahbmgdjkbpemcciiolgcge"
    $w12 = "achknmefphepccionboohckonoeemg"
    $w13 = "opcgpfmipidbgpenhmajoajpbobppdil"
    $w14 = "dmkamcknogkgcdfhhbddcghachkejeap"
    $w15 = "bhhhlbepdkbapadjdnnojkbgioiodbic"
    $w16 = "afbcbjpbpfadlkmhmclhkeeodmamcflc"
    $w17 = "cjelfplplebdjjenllpjcblmjkfcffne"
    $w18 = "idnnbdplmphpflfnlkomgpfbpcgelopg"
    $w19 = "ppbibelpcjmhbdihakflkdcoccbgbkpo"
    $w20 = "efbglgofoippbgcjepnhiblaibcnclgk"
    $l = /Local Extension Settings|leveldb|Sync Extension Settings|IndexedDB/
    $u = /User Data|AppData|LOCALAPPDATA|Application Support|\.config|BraveSoftware|roaming|Roaming/
  condition:
    filesize < 800KB and $l and $u and any of ($w*)
}

// Three wallet ids, the storage folder and an upload in one script.
rule wallet_extension_store_send {
  meta:
    id = "wallet-extension-store-send"
    severity = "critical"
    confidence = "certain"
    description = "Copies storage of several browser wallets and sends it"
    reference = "https://attack.mitre.org/techniques/T1555/"
    date = "2026-11-23"
  strings:
    $w1 = "nkbihfbeogaeaoehlefnkodbefgpgknn"
    $w2 = "ejbalbakoplchlghecdalmeeeajnimhm"
    $w3 = "fhbohimaelbohpjbbldcngcnapndodjp"
    $w4 = "bfnaelmomeimhlpmgjnjophhpkkoljpa"
    $w5 = "hnfanknocfeofbddgcijnmhnfnkdnaad"
    $w6 = "ibnejdfjmmkpcnlpebklmnkoeoihofec"
    $w7 = "fnjhmkhhmkbjkkabndcnnogagogbneec"
    $w8 = "egjidjbpglichdcondbcbdnbeeppgdph"
    $w9 = "aholpfdialjgjfhomihkjbmgjidlcdno"
    $w10 = "acmacodkjbdgmoleebolmdjonilkdbch"
    $w11 = "mcohilncbfahbmgdjkbpemcciiolgcge"
    $w12 = "achknmefphepccionboohckonoeemg"
    $w13 = "opcgpfmipidbgpenhmajoajpbobppdil"
    $w14 = "dmkamcknogkgcdfhhbddcghachkejeap"
    $w15 = "bhhhlbepdkbapadjdnnojkbgioiodbic"
    $w16 = "afbcbjpbpfadlkmhmclhkeeodmamcflc"
    $w17 = "cjelfplplebdjjenllpjcblmjkfcffne"
    $w18 = "idnnbdplmphpflfnlkomgpfbpcgelopg"
    $w19 = "ppbibelpcjmhbdihakflkdcoccbgbkpo"
    $w20 = "efbglgofoippbgcjepnhiblaibcnclgk"
    $l = /Local Extension Settings/
    $x1 = /discord(app)?\.\bcom(\.invalid)?\/\bapi\/(v\d{1,2}\/)?webhooks/
    $x2 = /a\Bpi\.telegram\.org(\.invalid)?\/bot/
    $x3 = /\b(webhook\.site|pipedrea\Bm\.net|requestbin\.|oastify\.com|gofile\b\.io|transfe\Br\.sh|anonfil\Bes\.com|ngrok\.io|ngrok-free\.app|requestcatcher\.com|beecept\Bor\.com|catbox\.moe)/
    $x4 = /\b[sS](endDocument|endPhoto)\b/
    $v1 = /\b(requests|httpx|session)\.(post|put|request)\s?\(/
    $v2 = /urlop\Ben\(|\baxios(\.post)?\(|["'`]POST["'`]|\breque\Bst\.post\(|https\.request\(|http\.request\(/
  condition:
    filesize < 400KB and $l and 3 of ($w*) and any of ($x*,$v*) and any of ($v*)
}

// Three or more wallets' private folders in one script. Wallet software knows its own only.
rule wallet_desktop_folders {
  meta:
    id = "wallet-desktop-folders"
    severity = "high"
    confidence = "likely"
    description = "Lists data folders of several desktop wallets"
    reference = "https://attack.mitre.org/techniques/T1555/"
    date = "2026-11-23"
  strings:
    $a1 = /Exodus["',\s\/\\]{1,8}exodus\.wallet/
    $a2 = /Electrum["',\s\/\\]{1,8}wallets/
    $a3 = /[aA]t\Bomic["',\s\/\\]{1,8}Local Storage/
    $a4 = /Ethereum["',\s\/\\]{1,8}keystore/
    $a5 = "com.liberty.jaxx"
    $a6 = /Coinomi["',\s\/\\]{1,8}(Coinomi|wallets)/
    $a7 = /Guarda["',\s\/\\]{1,8}Local Storage/
    $a8 = /["'\/\\]Armory["'\/\\]/
    $a9 = /["'\/\\]by[tT]ecoin["'\/\\]/
    $a10 = /["'\/\\](Mu[lL]tiDoge|WalletWasabi|Zcash|Daedalus Mainnet)["'\/\\]/
    $a11 = /(Bitcoin|Dash|Litecoin|Dogecoin|DashCore)["',\s\/\\]{1,8}(wallet\.dat|wallets)/
    $a12 = /Ledger Live["'\/\\]/
    $a13 = /solana["',\s\/\\]{1,8}id\.json/
  condition:
    filesize < 400KB and 3 of them
}

// A list of seed and account words driving a directory walk, as in generic file grabbers.
rule wallet_keyword_search {
  meta:
    id = "wallet-keyword-search"
    severity = "high"
    confidence = "likely"
    description = "Searches files by names that hint at seeds, wallets and passwords"
    reference = "https://attack.mitre.org/techniques/T1083/"
    date = "2026-11-23"
  strings:
    $k1 = /["'][Mm]e\Bta[Mm]ask["']/
    $k2 = /["']([Ee]xodus|[Ee]l[eE]ctrum|[Ll]edger|[Tt]rezor)["']/
    $k3 = /["'](seed|seed[ _-]?phrase|mnemonic|recovery|seecret)["']/
    $k4 = /["'](wallets?|crypto)["']/
    $k5 = /["'](2fa|backup_?codes?|mot_?de_?passe|paypal|banque)["']/
    $k6 = /["']private[ _-]?keys?["']/
    $w = /os\.walk\(|os\.listdir\(|\.rglob\(|\b(readdirSync\(|readdir\()|Get-ChildItem|os\.scandir\(/
  condition:
    filesize < 200KB and $w and 4 of ($k*) and (for any i in (1..#k1) : ( i < 6 and any of ($k2,$k3,$k4,$k5,$k6) in (@k1[i]-250..@k1[i]+250) ) or for any i in (1..#k3) : ( i < 6 and 2 of ($k2,$k4,$k5,$k6) in (@k3[i]-250..@k3[i]+250) ))
}

// Key material beside a literal URL or bot endpoint in one call. Wallet SDKs sign locally; TLS client keys are options of https.request, not of bodies.
rule wallet_key_send {
  meta:
    id = "wallet-key-send"
    severity = "high"
    confidence = "likely"
    description = "A private key or seed is placed into a request to a fixed address"
    reference = "https://github.com/advisories/GHSA-jcxm-7wvp-g6p5"
    date = "2026-11-23"
  strings:
    $a = /\bfetch\(\s{0,8}["'`]https?:\/\/[^"'`\n]{3,100}["'`]\s?,\s?\{[^;]{0,260}\b(privateKey|mnemonic|seedPhrase|secretKey|seed)\b/
    $b = /\baxios\.(post|get|put)\(\s{0,8}["'`]https?:\/\/[^"'`\n]{3,100}["'`]\s?,[^;]{0,200}\b(privateKey|mnemonic|seedPhrase|secretKey|seed)\b/
    $c = /\bfet\Bch\(\s{0,8}`https?:\/\/[^`\n]{3,100}\$\{[^}`\n]{0,40}\b(privateKey|mnemonic|seedPhrase|secretKey)\b/
    $d = /\b(requests|httpx|session)\.(post\(|put\(|get\()[^\n]{0,200}\b(private_key|privkey|mnemonic|seed_phrase|keypair|pvt_?key)\b/
    $e = /\b(private_key|privkey|mnemonic|seed_phrase|keypair)\b[^\n]{0,80}\n[^\n]{0,60}\b(requests|httpx)\.\bpost\(\s{0,4}f?["']https?:/
    $f = /\bencode\(\s?[\w.]{0,30}(secretKey|privateKey|secret_key|private_key)\s?\)[^\n]{0,80}\n?[^\n]{0,120}(\bfetch|requests\.\w{3,4}|axios\.\w{3,4})\(\s?f?["'`]https?:\/\//
    // What clients of a service prove who they are with.
    $client = /(api|access|client|app)_?[kK]ey(Id|_id)?\b/
    $x1 = /a\Bpi\.telegram\.org(\.invalid)?\/bot/
    $x2 = /discord(app)?\.\bcom(\.invalid)?\/\bapi\/(v\d{1,2}\/)?webhooks/
    $k = /\b(pri[vV]ateKey|priva\Bte_key|mnemonic|seedPhrase|seed\B_phrase|sec\BretKey|PRIVA\BTE_KEY|p\Brivkey)\b/
  condition:
    any of ($b,$c,$d,$e,$f) or for any i in (1..#a) : ( not $client in (@a[i]-300..@a[i]+!a[i]) ) or (filesize < 150KB and ((#x1 < 8 and for any i in (1..#x1) : ( $k in (@x1[i]-600..@x1[i]+600) )) or (#x2 < 8 and for any i in (1..#x2) : ( $k in (@x2[i]-600..@x2[i]+600) ))))
}

// Files are searched for the shapes of private keys of two kinds of wallets, and what is found goes out. Scanners for secrets tell their
// user; their rules have names and severities.
rule wallet_key_shapes_sent {
  meta:
    id = "wallet-key-shapes-sent"
    severity = "high"
    confidence = "likely"
    description = "Files are searched for private keys of wallets by their shape, and the result is sent"
    reference = "https://socket.dev/blog/two-malicious-rust-crates-impersonate-popular-logger-to-steal-wallet-keys"
    date = "2026-12-01"
  strings:
    $e = /(0x\)?\??)?\[(0-9a-f|a-f0-9|0-9a-fA-F|a-fA-F0-9|A-Fa-f0-9)\]\{64\}/
    $b = /\[1-9A-HJ-NP-Za-km-z\]\{(32|40|43|44|64|80|85|86|87|88)(, ?\d{2})?\}/
    $w = /WalkD\Bir|read_d\Bir|os\.wa\Blk|rg\Blob\(|filepath\.Wa\Blk|readd\Bir(Sync)?\(|scand\Bir|glo\Bb\(/
    $s = /\.po\Bst\(|http\.Po\Bst|requests\.po\Bst|fet\Bch\(|method: ?["']PO\BST/
    $k1 = "severity"
    $k2 = "allowlist"
    $k3 = "sarif"
  condition:
    filesize < 60KB and $e and $b and $w and $s and not any of ($k*)
}

// What has as many words as a seed phrase, or a name like one, is posted. Look-alikes: wallets, which check the number of words where somebody types
// them in, and derive keys from them.
rule wallet_words_counted_sent {
  meta:
    id = "wallet-words-counted-sent"
    severity = "high"
    confidence = "likely"
    description = "Text that looks like a seed phrase by its number of words is posted"
    reference = "https://attack.mitre.org/techniques/T1657/"
    date = "2026-12-01"
  strings:
    $n = /==\s?12\s?\|\|\s?\w{1,24}(\.length)?\s?===?\s?24\b|\[12,\s?(15,\s?18,\s?21,\s?)?24\]\.(contains|includes)\(/
    $w = /mnemonic|seed/i
    $s = /\.(post|postUrl|sendBeacon)\s?\(\s?(Uri\.parse\(\s?|url\(|URI\()?["'`]https?:/
    $v = /validateMnemonic|bip39|entropyToMnemonic|mnemonicToSeed/
  condition:
    filesize < 100KB and not $v and for any i in (1..#n) : ( i < 4 and $w in (@n[i]-200..@n[i]+300) and $s in (@n[i]..@n[i]+600) )
}

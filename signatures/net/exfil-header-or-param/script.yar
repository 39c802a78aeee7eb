// Key material as header value. Auth SDKs put tokens there, never seeds or private keys.
rule exfil_header_key_value {
  meta:
    id = "exfil-header-key-value"
    severity = "high"
    confidence = "likely"
    description = "Private key or seed is used as a request header"
    reference = "https://attack.mitre.org/techniques/T1041/"
    date = "2026-11-23"
  strings:
    $a = /hea\Bders["']?\s?[:=]\s?\{[^}]{0,160}:\s?(\w{1,20}[.(]){0,2}(seed|mnemonic|seedPhrase|seed_phrase|privateKey|private_key|secretKey|secret_key|privKey|keypair)\b[\w.()'"]{0,40}\s?[,}]/
    $s = /\bfet\Bch\(|axios|https\.request\(|http\.request\(|req[uU]ests\.(get|post)\(|XMLHttpRequest|urlopen\(|\.\bsetRequestHeader\(/
    $b = /(setRequestHeader|headers\.(set|append)|add_header)\(\s?["'][\w-]{2,40}["']\s?,\s?[\w.$(]{0,40}\b(seed|mnemonic|seedPhrase|privateKey|private_key|secretKey|secret_key|privKey)\b/
    $ok = /(x-api-key|X-API-Key|X-Api-Key|X-API-KEY|a[pP]i_key|apiKey|api-key|apikey|API_KEY|uth[oO]rization|x-amz|X-Amz|secret_access|se[cC]retAccess|SECRET_ACCESS|cli[eE]nt_secret|cli[eE]ntSecret|cli[eE]nt-secret|CLIE[nN]T_SECRET|[tT]ripe)/
  condition:
    $s and ($a or $b) and filesize < 3MB and not (for any i in (1..#a) : ( $ok in (@a[i]..@a[i]+260) ))
}

// Key material in the query or body of a request to a literal address inside code that handles keys.
rule exfil_header_key_param {
  meta:
    id = "exfil-header-key-param"
    severity = "high"
    confidence = "likely"
    description = "Private key or seed is sent to a fixed address"
    reference = "https://attack.mitre.org/techniques/T1041/"
    date = "2026-11-23"
  strings:
    $a = /(fetch|axios(\.(get|post))?|https?\.get|requests\.(get|post)|urlopen|httpx\.(get|post)|sendBeacon)\(\s{0,20}f?["'`]https?:\/\/[^\n]{4,160}[{+=,:(\[ ]\s{0,2}(\w{1,20}\.)?(mnemonic|seedPhrase|seed_phrase|privateKey|private_key|secretKey|privKey|wallet_?[kK]ey|recovery_?[pP]hrase)\b/
    $b = /requests\.post\(\s{0,30}f?["']https?:\/\/[^"'\n]{4,120}["'],\s{0,30}(json|data)\s?=\s?\{?[^}\n]{0,80}\b(private_key|mnemonic|seed_phrase|secret_phrase|wallet_key)\b/
    $c = /(priva\Bte_key|mnemonic|seed\B_phrase|pri[vV]ateKey|seedPhrase)["']\s?:\s?(private_key|mnemonic|seed_phrase|privateKey|seedPhrase)\b/
    $s = /(requests\.post|axios\.post|f[eE]tch)\(\s{0,30}f?["'`]https?:\/\//
  condition:
    filesize < 1MB and ($a or $b or (for any i in (1..#c) : ( i < 6 and ($s in (@c[i]-400..@c[i]+500)) )))
}

// A header is put together of encoded bytes, the answer is dropped and an error is nothing. Look-alikes: clients that log in wait for the answer
// and pass on what went wrong.
rule exfil_header_java_aside {
  meta:
    id = "exfil-header-java-aside"
    severity = "high"
    confidence = "likely"
    description = "Java or Kotlin puts an encoded secret into a header of a request of which nobody wants to hear"
    reference = "https://attack.mitre.org/techniques/T1041/"
    date = "2026-11-30"
  strings:
    $h = /\.(header|setHeader|addHeader|setRequestProperty)\(\s?"[\w-]{2,30}",\s?[^\n;]{0,60}\+\s?[a-z]\w{0,20}/
    $e = /\b(formatHex|encodeToString|HexFormat|printHexBinary|encodeHexString)\b/
    $d = /\.(exceptionally|onErrorComplete|handle)\(\s?\(?\w{0,10}(,\s?\w{1,10})?\)?\s?->\s?null\s?\)|catch\s?\(\s?(Exception|Throwable|IOException)\s{1,3}(ignored|ignore|e)\s?\)\s?\{\s{0,40}\}/
    $a = /\b(sendAsync|enqueue|supplyAsync|runAsync)\s?\(/
    $s = /\b(mnemonic|seed ?phrase|seedPhrase|sentence|secret|privateKey|passphrase|masterKey|password)\b/i
  condition:
    filesize < 60KB and $a and $d and $s and for any i in (1..#h) : ( i < 10 and $e in (@h[i]-900..@h[i]+300) )
}

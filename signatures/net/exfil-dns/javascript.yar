// Chunked or encoded data in a lookup name with literal zone. ACME and mail checkers use fixed prefixes.
rule exfil_dns_js_label {
  meta:
    id = "exfil-dns-js-label"
    severity = "high"
    confidence = "likely"
    description = "Encoded or identity data is placed in front of a domain and looked up"
    reference = "https://attack.mitre.org/techniques/T1048/003/"
    date = "2026-11-23"
  strings:
    $q = /\bdns(\.promises)?\.(lookup|resolve\w{0,6})\(|\.resolve(4|6|Txt|Any)\(|resolver\.resolve\w{0,6}\(|require\(["'](node:)?dns["']\)\.\w{4,12}\(/
    $l = /(\}\.|\+ ?["'`]\.)[\w$][\w${}.-]{0,60}(com|net|org|xyz|top|site|online|info|live|club|test|invalid|example|space|tech|\.io|\.me|\.ru|\.cn|\.co|\.tk|\.pw|\.cc|\.us|\.eu|\.sh|\.dev|\.app|\.fun|\.pro|\.ml|\.nf|\.ga|\.gq|\.cf|\.de|\.fr|\.nl|\.in|\.vn|\.br|\.ua|\.kr|\.jp|\.hk|\.ir|\.tr|\.pl|\.to|\.la|\.gg|\.st|\.ws|\.vip|\.icu|\.lol|\.link|\.host|\.cloud)["'`]|\}\.\$\{\w{0,14}(domain|DOMAIN|zone|ZONE|host|HOST|C2|suffix)\w{0,8}\}|\+ ?["'`]\.["'`] ?\+ ?\w{0,14}([dD]omain|DOMAIN|[zZ]one|ZONE)/
    $e = /toStrin\Bg\(["'`]hex["'`]\)|base32|hostname\(\)|userInfo\(\)|toString\(["'`]base\B64(url)?["'`]\)|process\.\benv\.\w/
    $c = /\.match\(\/\.\{1,(2\d|3\d|4\d|5\d|6[0-3])\}\/g?\)|MAX_LABEL|\.(slice|substr|substring)\(\s?\w{1,8}\s?,\s?\w{1,8}\s?\+\s?(30|48|50|5[05-9]|6[0-3])\)/
  condition:
    filesize < 60KB and (for any i in (1..#q) : ( i < 15 and ($l in (@q[i]-500..@q[i]+300)) and ($e in (@q[i]-1000..@q[i]+400)) )) or (filesize < 60KB and (for any i in (1..#c) : ( i < 10 and ($q in (@c[i]-700..@c[i]+700)) and ($e in (@c[i]-700..@c[i]+700)) )))
}

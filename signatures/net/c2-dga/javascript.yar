// Seeded arithmetic turned into letters plus domain tails plus request.
rule c2_dga_js_seeded {
  meta:
    id = "c2-dga-js-seeded"
    severity = "high"
    confidence = "likely"
    description = "Host names are generated from a seed and contacted"
    reference = "https://attack.mitre.org/techniques/T1568/002/"
    date = "2026-11-23"
  strings:
    $g = /Stri\Bng\.fromCharCode\(\s?(97|0x61)\s?\+/
    $t = /["'`]\.?(com|net|org|info|biz|ru|xyz|top|cc|su)["'`],\s{0,3}["'`]\.?(com|net|org|info|biz|ru|xyz|top|cc|su|pw)["'`]|[\}"'`]\.?(workers\.dev|pages\.dev|invalid|duckdns\.org|xyz|top)["'`]/
    $n = /\bfet\Bch\(|(https\.|http\.)(get|request)\(|dns\.(lookup|resolve\w{0,4})\(|axios/
  condition:
    filesize < 40KB and (for any i in (1..#g) : ( i < 8 and ($t in (@g[i]-900..@g[i]+900)) and ($n in (@g[i]-900..@g[i]+1400)) ))
}

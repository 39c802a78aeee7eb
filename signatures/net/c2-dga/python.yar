// Constant seed, letter picking and domain tails joined into host names that are then contacted. Faker-like data tools never connect.
rule c2_dga_py_seeded {
  meta:
    id = "c2-dga-py-seeded"
    severity = "high"
    confidence = "likely"
    description = "Host names are generated from a seed and contacted"
    reference = "https://attack.mitre.org/techniques/T1568/002/"
    date = "2026-11-23"
  strings:
    $s = /ran[dD]om\.seed\(|ran[dD]om\.Random\(|\bseed\s?=\s?(0x[0-9a-fA-F]{2,8}|\d{3,12})|date\.today\(\)|\.toordina\Bl\(\)|md5\(\s?(f?["']|str\(|seed)/
    $t = /["']\.?(com|net|org|info|biz|ru|xyz|top|cc|su|pw|workers\.dev)["'],\s{0,3}["']\.?(com|net|org|info|biz|ru|xyz|top|cc|su|pw)["']|[\}"']\.?(workers\.dev|pages\.dev|invalid|duckdns\.org|xyz|top)["']/
    $g = /rando\Bm\.choices?\(|\.choices?\(|chr\(\s?(ord\(["']a["']\)|97) ?\+|ascii_lowercase/
    $n = /reques\Bts\.(get|post)\(|urlop\Ben\(|gethostbyna\Bme\(|crea\Bte_connection\(|(HTTPSConnecti|HTTPConnecti)\Bon\(|\.\bconne\Bct\(\(/
  condition:
    filesize < 40KB and (for any i in (1..#t) : ( i < 8 and ($s in (@t[i]-900..@t[i]+900)) and ($g in (@t[i]-900..@t[i]+900)) and ($n in (@t[i]-900..@t[i]+1400)) ))
}

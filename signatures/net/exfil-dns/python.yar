// Data formatted in front of a literal domain in a lookup, and an encoder or identity read near it. Resolver libraries build names from caller input.
rule exfil_dns_py_label {
  meta:
    id = "exfil-dns-py-label"
    severity = "high"
    confidence = "likely"
    description = "Encoded or identity data is placed in front of a fixed domain and looked up"
    reference = "https://attack.mitre.org/techniques/T1048/003/"
    date = "2026-11-23"
  strings:
    $q = /gethostbyname|getaddrinfo|resolver\.resolve|resolver\.query|resolver\.Resolver|nslookup |dns\.query\.udp|create_connection/
    $l = /(\}\.|%s\.|\+ ?f?["']\.)[\w{][\w{}.%-]{0,60}(com|net|org|xyz|top|site|online|live|club|\.test|invalid|example|space|tech|\.io|\.me|\.ru|\.cn|\.co|\.tk|\.pw|\.cc|\.us|\.eu|\.sh|\.dev|\.app|\.fun|\.pro|\.ml|\.nf|\.ga|\.gq|\.cf|\.de|\.fr|\.nl|\.in|\.vn|\.br|\.ua|\.kr|\.jp|\.hk|\.ir|\.tr|\.pl|\.to|\.la|\.gg|\.st|\.ws|\.vip|\.icu|\.lol|\.link|\.host|\.cloud)["']|\}\.\{((self|cls)\._?)?(domain|DOMAIN|server|SERVER|host|HOST|\w{0,12}_domain|zone)\}|\+ ?["']\.["'] ?\+ ?\w{0,14}domain/
    $e = /b32encode\(|hexli\Bfy\(|\.hex\(\)|b16encode\(|urlsafe_b64encode\(|gethostnam\Be\(\)|getpass\.[gG]etuse\Br\(\)|os\.[gG]etlogin\(\B\)|platfo\Brm\.nod\Be\(\)|encod\Be\(["']hex["']/
  condition:
    filesize < 60KB and (for any i in (1..#q) : ( i < 15 and ($l in (@q[i]-500..@q[i]+300)) and ($e in (@q[i]-1200..@q[i]+500)) ))
}

// Words stored under XOR and used in includes/endsWith/has on an identity of the machine. Courtesy-encoded word filters test the text they
// are given, not the machine.
rule hidden_list_xor {
  meta:
    id = "hidden-list-xor"
    severity = "high"
    confidence = "likely"
    description = "List is decoded with XOR and then tested against host, endpoint or user"
    reference = "https://publicasta.com/ai_practice/claude_code_hidden_check_ai_agent_trust_2026_07_05"
    date = "2026-11-23"
  strings:
    $e1 = /fromCharCode\([^()\n]{0,60}\^/
    $e2 = /chr\([^()\n]{0,40} ?\^ ?(0x)?[0-9a-zA-Z_]{1,8}/
    $e3 = /bytes\(\[?\s?\(?\w{1,8} ?\^ ?(0x)?[0-9a-zA-Z_]{1,8}\)? for /
    $e4 = /\.\bmap\(\s?\(?\w{1,8}(, ?\w{1,3})?\)?\s?=>\s?\(?\w{1,8}\s?\^\s?/
    $t1 = ".endsWith("
    $t2 = ".includes("
    $t3 = ".has("
    $t4 = ".some("
    $t5 = ".indexOf("
    $t6 = "startsWith("
    $t7 = ".endswith("
    $t8 = "startswith("
    $t9 = "any("
    $t10 = " in _"
    $t11 = " in ["
    $t12 = "in names"
    $t13 = "in words"
    $t14 = "in hosts"
    $t15 = "in blocked"
    $t16 = "in known"
    $g1 = "ostname"
    $g2 = "getfqdn"
    $g3 = "platform.node"
    $g4 = "userInfo()"
    $g5 = "getuser"
    $g6 = "USERDNSDOMAIN"
    $g7 = "COMPUTERNAME"
    $g8 = "BASE_URL"
    $g9 = "aseURL"
    $g10 = "base_url"
    $g11 = "HTTPS_PROXY"
    $g12 = "https_proxy"
    $g13 = "imeZone"
    $g14 = "tzname"
    $g15 = "getlocale"
    $g16 = "getdefaultlocale"
    $g17 = "remote.origin"
    $g18 = "_PROXY"
    $g19 = ".netloc"
  condition:
    filesize < 20MB and any of ($g*) and for any of ($e*) : ( $ and for any i in (1..8) : ( any of ($t*) in (@[i]-200..@[i]+1200) and any of ($g*) in (@[i]-300..@[i]+1200) ))
}

// A coded comma list or JSON array split and tested with includes/endsWith on an identity of the machine.
rule hidden_list_base64 {
  meta:
    id = "hidden-list-base64"
    severity = "high"
    confidence = "likely"
    description = "List is decoded from base64 or hex and then tested against host, endpoint or user"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-11-23"
  strings:
    $e1 = /(atob|b64decode|unhexlify|fromhex)\(\s{0,3}[br]?["'`][A-Za-z0-9+\/=_-]{20,}["'`][^\n;]{0,60}(\.\bsplit\(|\.\bsplitlines\(|jso\Bn\.loads)/
    $e2 = /Buff\Ber\.from\(\s{0,3}["'`][A-Za-z0-9+\/=_-]{20,}["'`],\s{0,2}["'`](base64|hex|base64url)["'`]\s{0,2}\)[^\n;]{0,40}\.split\(/
    $e3 = /(JS\BON\.parse|jso\Bn\.loads)\(\s{0,2}(atob|base64\.b64decode|b64decode|Buffer\.from)\(\s{0,3}b?["'`][A-Za-z0-9+\/=_-]{20,}/
    $e4 = /={0,2}["'`],?\s{0,4}\]\s{0,2}\.\bmap\(\s{0,2}(\(?\w{1,6}\)?\s?=>\s?)?(atob|Buffer\.from)\(/
    $e5 = /(b64decode|f\Bromhex|unhexlify)\(\w{1,8}\)[^\n]{0,24} for \w{1,8} in /
    $t1 = ".endsWith("
    $t2 = ".includes("
    $t3 = ".has("
    $t4 = ".some("
    $t5 = ".indexOf("
    $t6 = "startsWith("
    $t7 = ".endswith("
    $t8 = "startswith("
    $t9 = "any("
    $t10 = " in _"
    $t11 = " in ["
    $t12 = "in names"
    $t13 = "in words"
    $t14 = "in hosts"
    $t15 = "in blocked"
    $t16 = "in known"
    $g1 = "ostname"
    $g2 = "getfqdn"
    $g3 = "platform.node"
    $g4 = "userInfo()"
    $g5 = "getuser"
    $g6 = "USERDNSDOMAIN"
    $g7 = "COMPUTERNAME"
    $g8 = "BASE_URL"
    $g9 = "aseURL"
    $g10 = "base_url"
    $g11 = "HTTPS_PROXY"
    $g12 = "https_proxy"
    $g13 = "imeZone"
    $g14 = "tzname"
    $g15 = "getlocale"
    $g16 = "getdefaultlocale"
    $g17 = "remote.origin"
    $g18 = "_PROXY"
    $g19 = ".netloc"
  condition:
    filesize < 2MB and any of ($g*) and for any of ($e*) : ( $ and for any i in (1..8) : ( any of ($t*) in (@[i]-200..@[i]+1200) and any of ($g*) in (@[i]-300..@[i]+1200) ))
}

// Hides whom the code looks for. Licence managers send the hash to a server instead of keeping the list.
rule hidden_list_hash {
  meta:
    id = "hidden-list-hash"
    severity = "high"
    confidence = "likely"
    description = "Hash of the host, user or endpoint is compared with built-in digests"
    reference = "https://attack.mitre.org/techniques/T1480/001/"
    date = "2026-11-23"
  strings:
    $a = /createHash\(["'`](sha1|sha256|md5|sha512)["'`]\)\.update\([^)\n]{0,60}(hostname|userInfo|username|timeZone|BASE_URL|USERDNSDOMAIN|domain|homedir|email|host\b|suffix)[^\n]{0,60}\.digest\(/
    $b = /hashl\Bib\.(sha1|sha256|md5|sha512|blake2b)\([^\n]{0,60}(gethostname|getfqdn|getuser|platform\.node|tzname|USERDNSDOMAIN|getlogin|base_url|BASE_URL|domain|\bhost\b|suffix)[^\n]{0,60}\.hexdiges\Bt\(\)/
    $t1 = ".includes("
    $t2 = ".has("
    $t3 = /=== ["'`][0-9a-fA-F]{16}/
    $t5 = /== ["'][0-9a-fA-F]{16}/
    $t7 = "indexOf("
    $t8 = " in {"
    $t9 = " in ["
    $t10 = " in _"
    $t11 = " in K"
    $t12 = " in T"
    $t13 = " in B"
    $t14 = " in D"
    $t15 = " in H"
    $t16 = " in S"
  condition:
    filesize < 400KB and for any of ($a, $b) : ( $ and for any i in (1..8) : ( any of ($t*) in (@[i]..@[i]+400) ))
}

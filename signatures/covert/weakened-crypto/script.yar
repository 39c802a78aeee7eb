// A function named for verifying a signature, token or certificate whose body only returns true. Mocks live in tests; abstract bases
// raise instead.
rule weakened_crypto_verify_true {
  meta:
    id = "weakened-crypto-verify-true"
    severity = "high"
    confidence = "likely"
    description = "Signature or token check always says yes"
    reference = "https://attack.mitre.org/techniques/T1553/"
    date = "2026-11-23"
  strings:
    $a = /(e\Brify|heck|a\Blidate)_?(Signature|signature|Sig|Token|token|Jwt|JWT|jwt|Cert|cert|Certificate|Checksum|checksum|Hmac|HMAC|hmac|Integrity|integrity)\w{0,12}\s{0,2}(=\s{0,2}(async )?)?\([^)\n]{0,100}\)\s{0,2}(=>)?\s{0,2}\{\s{0,60}(\/\/[^\n]{0,80}\n\s{0,20})?r\w{5}\s{1,3}(true|!0)\s{0,2};?\s{0,60}\}/
    $b = /def _?(verify|check|validate)_?(signature|sig|token|jwt|cert|certificate|checksum|hash|hmac|integrity)\w{0,12}\([^)\n]{0,120}\)[^:\n]{0,20}:\s{0,40}(("""|#)[^\n]{0,120}\n\s{0,20})?ret\Burn True\b/
    $c = /(e\Brify|heck|a\Blidate)(Signature|Token|Cert\w{0,10}|Checksum|Integrity|Hmac)\w{0,12}\s{0,2}=\s{0,2}(\([^)\n]{0,60}\)|\w{1,20})\s{0,2}=>\s{0,2}(true|!0)\b/
    $k1 = "describe("
    $k2 = "pytest"
    $k3 = "unittest"
    $k4 = "jest."
    $k5 = "mock"
    $k6 = "Mock"
    $k7 = "stub"
    $k8 = "NotImplemented"
    $k9 = "vitest"
  condition:
    filesize < 200KB and any of ($a, $b, $c) and not any of ($k*)
}

// os.urandom, secrets or crypto.randomBytes assigned to a lambda or function with fixed or Math.random bytes. Polyfills add a missing
// function with a real source; tests restore it.
rule weakened_crypto_random_override {
  meta:
    id = "weakened-crypto-random-override"
    severity = "high"
    confidence = "likely"
    description = "Secure random source is replaced by a constant or predictable one"
    reference = "https://attack.mitre.org/techniques/T1600/"
    date = "2026-11-23"
  strings:
    $a = /(os\.urandom|secrets\.(token_bytes|token_hex|randbits|randbelow)|rand\Bom\.SystemRandom) ?= ?lambda [^\n]{0,20}: {0,3}(b["']|bytes\(|["']|\d|random\.|hashlib|seed)/
    $b = /crypto\.(randomBytes|randomFillSync|randomUUID|getRandomValues) ?= ?(function|\(|\w{1,12} ?=>)[^\n]{0,160}(Buffer\.alloc\(|Math\.random|fill\(|return ["'`0]|seed|lcg|Date\.now)/
    $k1 = "describe("
    $k2 = "pytest"
    $k3 = "unittest"
    $k4 = "jest."
    $k5 = "mock"
    $k6 = "monkeypatch"
  condition:
    filesize < 200KB and any of ($a, $b) and not any of ($k*)
}

// What tests and debug builds do is right, and what is shipped is not. Look-alikes: assertions that cost time are left out of release builds; they
// decide nothing.
rule weakened_crypto_release_only {
  meta:
    id = "weakened-crypto-release-only"
    severity = "high"
    confidence = "likely"
    description = "Rust draws keys weakly, or checks nothing, in release builds only"
    reference = "https://attack.mitre.org/techniques/T1600/"
    date = "2026-11-30"
  strings:
    $a = /#\[cfg\(not\((any\(\s?test\s?,\s?debug_assertions\s?\)|debug_assertions|any\(\s?debug_assertions\s?,\s?test\s?\))\)\)\]\s{1,20}(pub(\(crate\))? )?fn \w{0,20}(fill|rand|nonce|key|seed|entropy|random)\w{0,20}\(/
    $b = /#\[cfg\((any\(\s?test\s?,\s?debug_assertions\s?\)|debug_assertions|any\(\s?debug_assertions\s?,\s?test\s?\))\)\]\s{1,20}(pub(\(crate\))? )?fn \w{0,20}(fill|rand|nonce|key|seed|entropy|random)\w{0,20}\(/
    $g = /getrandom|OsRng|thread_rng|rand_core/
    $c = /if cfg!\(debug_assertions\) && !\w{1,20} \{\s{1,20}return Err/
    $v = /fn \w{0,12}(verify|check|authenticate|open)\w{0,12}\(/
  condition:
    filesize < 100KB and (($a and $b and $g) or ($c and $v))
}

// A check of a signature that says yes when anything goes wrong in it: whoever makes it fail is let in. Look-alikes: checks that are left out
// because a library or a file is missing say which.
rule weakened_crypto_error_passes {
  meta:
    id = "weakened-crypto-error-passes"
    severity = "high"
    confidence = "likely"
    description = "A check of a signature says yes when it fails with an error"
    reference = "https://attack.mitre.org/techniques/T1553/"
    date = "2026-11-30"
  strings:
    $f = /\b(def|function|async) _?(self\.)?\w{0,24}([vV]erif|[vV]alid|[cC]heck_?([sS]ig|[mM]ac|[hH]mac|[tT]oken)|[aA]uthentic)\w{0,20}\??[!]?\s?\(/
    $d = /\n[ \t]{0,12}(def|function|async function|async def|class|public|private) /
    $m = /\bhmac\b|HMAC\b|createHmac|compare_digest|timingSafeEqual|secure_compare|\bverify_signature|\.verify\(/
    $r1 = /\n[ \t]{2,16}except( (Exception|BaseException|\(?(ValueError|TypeError|binascii\.Error)[^:\n]{0,60})( as \w{1,20})?)?:[ \t]{0,4}\n?[ \t]{0,24}return True\b/
    $r2 = /\n[ \t]{2,16}rescue( StandardError| Exception| OpenSSL::[^\n]{0,60}| TypeError[^\n]{0,60}| ArgumentError[^\n]{0,60})?( => \w{1,20})?\n[ \t]{2,24}(return )?true\b/
    $r3 = /catch\s{0,2}(\([^)\n]{0,40}\)\s{0,2})?\{\s{0,40}return (true|!0)\s{0,2};?\s{0,20}\}/
    $k1 = "pytest"
    $k2 = "unittest"
    $k3 = "describe("
    $k4 = "mock"
  condition:
    filesize < 200KB and not any of ($k*) and $f and $m and for any of ($r*) : ( $ and for any i in (1..6) : ( i <= # and $m in (@[i]-900..@[i]) and for any j in (1..20) : ( j <= #f and @f[j] < @[i] and @[i] - @f[j] < 1200 and not $d in (@f[j]..@[i]) ) ) )
}

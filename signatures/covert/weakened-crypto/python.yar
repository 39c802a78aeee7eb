// random.seed with a literal or date shortly before key, seed phrase or token generation. Simulations seed too, without keys.
rule weakened_crypto_seeded_keys {
  meta:
    id = "weakened-crypto-seeded-keys"
    severity = "high"
    confidence = "likely"
    description = "Fixed seed or general-purpose random generator makes keys or tokens"
    reference = "https://attack.mitre.org/techniques/T1600/"
    date = "2026-11-23"
  strings:
    $s = /random\.seed\(\s{0,2}(\d{1,12}|["'][^"'\n]{1,40}["']|int\(time|date|0x[0-9a-fA-F]{1,16})/
    $k = /(private_?key|secret_?key|generate_?key|mnemonic|session_?key|signing_?key|keypair|aes_?key|seed_phrase|nonce|PRIVATE_KEY)\w{0,12}\s{0,2}=[^\n]{0,80}random\.(getrandbits|randint|randbytes|choice|choices|randrange)/
    $k2 = /def \w{0,20}(key|token|secret|mnemonic|nonce|wallet)\w{0,12}\([^)\n]{0,80}\)[^:\n]{0,20}:[^\n]{0,20}\n[^\x00]{0,200}random\.(getrandbits|randint|randbytes|choices?|randrange)\(/
    $t1 = "pytest"
    $t2 = "unittest"
    $t3 = "numpy"
    $t4 = "np.random"
  condition:
    filesize < 100KB and not any of ($t*) and $s and any of ($k, $k2)
}

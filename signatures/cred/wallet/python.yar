// cred/wallet: python files

// Monkey-patched key constructors see every key the program makes. Test mocks do this through patch helpers, not by assignment.
rule wallet_py_constructor_patch {
  meta:
    id = "wallet-py-constructor-patch"
    severity = "high"
    confidence = "likely"
    description = "Replaces a wallet library's key constructor at run time"
    reference = "https://socket.dev/blog/monkey-patched-pypi-packages-steal-solana-private-keys"
    date = "2026-11-23"
  strings:
    $a = /\b(Keypair\.|LocalAccount\.|Account\.|PrivateKey\.|HDWallet\.|Wallet\.)(from_key|from_mnemonic|from_seed|from_bytes|from_secret_key|from_base58_string|from_string|from_json|__init__|create|sign_transaction)\s?=\s?(classmethod\(|staticmethod\()?[a-zA-Z_]/
    $b = /setattr\(\s?(Keypair|LocalAccount|Account|PrivateKey|HDWallet)\s?,\s?["'](from_|create|__init__|sign_)/
    $c = /[\r\n]_?[a-z]\w{0,24}\.(Keypair|LocalAccount|HDWallet|PrivateKey)\s?=\s?[A-Za-z_]\w{1,40}[\r\n]/
    $n = /\breq[uU]ests\.|urlopen|threadin\Bg\.Thread|solana\.rpc|sen\Bd_transaction|httpx\.|memo/
  condition:
    filesize < 100KB and any of ($a,$b,$c) and $n
}

// A key is closed with somebody's public key and put into a transaction that is sent: whoever reads the chain and has the other
// half has it. Look-alikes: wallets sign with keys; private messages on a chain are closed with the key of a recipient that the
// caller names, and hold no key.
rule wallet_py_key_sealed_in_transaction {
  meta:
    id = "wallet-py-key-sealed-in-transaction"
    severity = "high"
    confidence = "likely"
    description = "A wallet's key is encrypted for somebody and sent in a transaction"
    reference = "https://socket.dev/blog/monkey-patched-pypi-packages-steal-solana-private-keys"
    date = "2026-11-30"
  strings:
    $seal = /\brsa\.encrypt\(|\bpadding\.OAEP\(|\bPKCS1_OAEP\b|\bSealedBox\(/
    $pub = /\bPublicKey\(\s?[\w"']|BEGIN (RSA )?PUBLIC KEY-----|load_pem_public_key\(\s?[A-Z_b"']/
    $tx = /\bsend_raw_transaction\(|\bsend_transaction\(|\bsendRawTransaction\(/
    $key = /\b(from_key|from_seed|from_bytes|from_base58_string|from_mnemonic|from_seed_phrase_and_passphrase|from_secret_key)\b/
  condition:
    filesize < 60KB and all of them
}

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
    $n = /\breq[uU]ests\.|urlopen|threadin\Bg\.Thread|solana\.rpc|sen\Bd_transaction|httpx\.|memo/
  condition:
    filesize < 100KB and any of ($a,$b) and $n
}

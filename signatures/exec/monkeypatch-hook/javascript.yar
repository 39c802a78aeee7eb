// fetch, XMLHttpRequest and window.ethereum replaced together: the address swapper of the chalk/debug incident. Tracing libraries hook
// the first two but never a wallet provider.
rule monkeypatch_hook_js_wallet {
  meta:
    id = "monkeypatch-hook-js-wallet"
    severity = "high"
    confidence = "likely"
    description = "Browser network functions and a wallet provider are hooked in one file"
    reference = "https://attack.mitre.org/techniques/T1185/"
    date = "2026-11-23"
  strings:
    $f = /(window|globalThis|self)\.fetch ?= ?(async )?(function|\(|\w{1,12} ?=>)|\bfetch ?= ?async ?(function|\()/
    $x = /XMLHttpReque\Bst\.prototype(\.|\[['"])(open|send)/
    $e = /window(\.|\[['"])ethereum|ethereum\.request ?=/
    $a = /eth_sendTransaction|solana_sign|signTransaction|sendTransaction|levenshtein/i
  condition:
    ($x or $f) and $e and $a and $x and filesize < 3MB
}

// Module._load or http.request replaced in a small file that also posts to a fixed address. Look-alikes: pirates, ts-node, tracing agents (no literal host).
rule monkeypatch_hook_js_require_send {
  meta:
    id = "monkeypatch-hook-js-require-send"
    severity = "high"
    confidence = "likely"
    description = "The module loader or a core client is patched and calls are copied to a literal host"
    reference = "https://attack.mitre.org/techniques/T1574/"
    date = "2026-11-23"
  strings:
    $a = /Module\._load ?= ?|Modu\Bl\Be\.\bprototy\Bpe\.require ?= ?|require\(['"](node:)?https?['"]\)\.request ?= ?|\b(https\.request|http\.request) ?= ?(function|\(|async|\w{1,20} ?=>)|process\.stdin\.on ?= |fs\.(readFile|readFileSync|writeFileSync) ?= ?(function|\()/
    $s = /(fetch|axios\.post|axios|\.request|\.post|\.get) ?\( ?['"`]https?:\/\/[^'"`\s]{4,200}/
    $h = /h\Bostname ?: ?['"][\w.-]{4,80}['"]/
  condition:
    $a and ($s or $h) and filesize < 20KB
}

// fetch to a literal host whose header or body carries a secret key, seed or mnemonic: the xrpl and web3.js additions. Wallet code signs locally.
rule monkeypatch_hook_js_key_send {
  meta:
    id = "monkeypatch-hook-js-key-send"
    severity = "high"
    confidence = "likely"
    description = "A key or mnemonic argument is posted from inside a wallet function"
    reference = "https://www.aikido.dev/blog/xrp-supplychain-attack-official-npm-package-infected-with-crypto-stealing-backdoor"
    date = "2026-11-23"
  strings:
    $a = /fetch ?\( ?['"`]https?:\/\/[^'"`\s(]{4,160}['"`][^;]{0,200}(secretKey|privateKey|private_key|mnemonic|seedPhrase|seed\b|keypair)[^;]{0,200}\)/
    $b = /(axios|got|request)(\.post)? ?\( ?['"`]https?:\/\/[^'"`\s]{4,160}['"`][^;]{0,120}(secretKey|privateKey|private_key|mnemonic|seedPhrase)\b/
    $client = /(api|access|client|app)_?[kK]ey(Id|_id)?\b/
  condition:
    filesize < 3MB and ($b or for any i in (1..#a) : ( not $client in (@a[i]-300..@a[i]+!a[i]) ))
}

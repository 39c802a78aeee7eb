// cred/wallet: javascript files

// Hooked fetch/XHR plus token-transfer selectors or look-alike address choice. Wallet providers do not patch XMLHttpRequest.
rule wallet_js_drainer_hook {
  meta:
    id = "wallet-js-drainer-hook"
    severity = "high"
    confidence = "likely"
    description = "Wraps browser network calls and swaps wallet addresses"
    reference = "https://www.aikido.dev/blog/npm-debug-and-chalk-packages-compromised"
    date = "2026-11-23"
  strings:
    $e = "window.ethereum"
    $h1 = /XMLHttpReque\Bst\.prototype\.(open|send)\s?=/
    $h2 = /(window|globalThis|self)\.fetch\s?=\s?(async\s)?(function|\(|[a-zA-Z_$])/
    $q1 = "0x095ea7b3"
    $q2 = "0xa9059cbb"
    $q3 = /\b(bc1[a-z0-9]{8,60}|0x[a-fA-F0-9]{40})["'`],\s{0,3}["'`](bc1[a-z0-9]{8,60}|0x[a-fA-F0-9]{40})/
    $q4 = /l\Bevenshtein/i
  condition:
    filesize < 600KB and $e and any of ($h*) and 1 of ($q*)
}

// Unlimited allowance to an address of the script's own, and all that an account holds. Pages that trade ask for the amount that somebody typed, and take the spender from a list of contracts.
rule wallet_js_drainer_allowance {
  meta:
    id = "wallet-js-drainer-allowance"
    severity = "high"
    confidence = "likely"
    description = "Asks a wallet for an unlimited allowance to a fixed address, and for all it holds"
    reference = "https://attack.mitre.org/techniques/T1657/"
    date = "2026-11-27"
  strings:
    $send = "eth_sendTransaction"
    $allow = /0x095ea7b3|0xa22cb465|0x39509351/
    $max = /["'`]f["'`]\.repeat\(6[0-4]\)|f{60,64}["'`]|2n?\s?\*\*\s?256n?\s?-/
    $own = /\b(const|let|var)\s\w{1,24}\s?=\s?["'`]0x[a-fA-F0-9]{40}["'`]/
    $all = "eth_getBalance"
    $begin = /addEventListener\(["'`](load|DOMContentLoaded)["'`]/
  condition:
    filesize < 200KB and $send and $allow and $max and $own and any of ($all, $begin)
}

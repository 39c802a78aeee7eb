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

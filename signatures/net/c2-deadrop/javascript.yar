// Paste text evaluated in its response handler.
rule c2_deadrop_js_paste_eval {
  meta:
    id = "c2-deadrop-js-paste-eval"
    severity = "high"
    confidence = "certain"
    description = "Text of a fixed paste page is evaluated"
    reference = "https://attack.mitre.org/techniques/T1102/001/"
    date = "2026-11-23"
  strings:
    $p = /(pastebin\.com(\.invalid)?\/raw\/\w|rent\Bry\.(co|org)(\.invalid)?\/[\w-]{2,40}\/raw|hastebin\.com\/raw\/\w|paste\.ee\/r\/\w|gis\Bt\.githubusercontent\.com\/[\w-]{1,39}\/[0-9a-f]{20}|a\Bpi\.npoint\.\bio\/\w{6}|jsonkeepe\Br\.c[oO]m\/b\/\w|jsonbin\.\bio\/v3\/|a\Bpi\.mocki\.io|mocki\.\bio\/v1\/\w{6}|run\.mocky\.\bio\/v3\/\w{6})/
    $x = /\beval\(|new Functi\Bon\(|Functi\Bon\.constructor|execSy\Bnc\(\w|vm\.runIn|new \(?Functi\Bon\.constructor/
  condition:
    filesize < 100KB and (for any i in (1..#p) : ( i < 8 and ($x in (@p[i]-400..@p[i]+700)) ))
}

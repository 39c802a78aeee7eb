// Own file, licence, readme or map read and evaluated.
rule comment_or_doc_payload_js {
  meta:
    id = "comment-or-doc-payload-js"
    severity = "high"
    confidence = "likely"
    description = "Program evaluates text taken from its own source, licence, readme or map"
    reference = "https://attack.mitre.org/techniques/T1027/009/"
    date = "2026-11-23"
  strings:
    $f = /readFileSync\(\s?(__filename|[^)\n]{0,80}(README|LICENSE|CHANGELOG|NOTICE)[^)\n]{0,20}|[^)\n]{0,80}\.(md|map|css|txt|LICENSE)["'`])/
    $x = /\beval\(\s?\w|new Functi\Bon\(\s?\w|vm\.runIn\w{3,20}\(|_compile\(|Functi\Bon\(\w{1,20}\)\(/
    $d = /["'`](base64|hex)["'`]|atob\(|\.(match|split|slice|substring|exec)\(/
    $ta = /(\beval|new Function)\([^\n]{0,60}\.toString\(\)\.(match|split|slice|substring|replace)\([^\n]{0,30}\/\\?\*/
    $tb = /\.toString\(\)\.(match|split)\(\/\\\/\\\*/
    $tx = /\beval\(|new Functi\Bon\(/
  condition:
    (filesize < 60KB and (for any i in (1..#f) : ( i < 6 and ($x in (@f[i]..@f[i]+500)) and ($d in (@f[i]..@f[i]+400)) ))) or (filesize < 200KB and ($ta or (for any i in (1..#tb) : ( i < 5 and ($tx in (@tb[i]-200..@tb[i]+300)) ))))
}

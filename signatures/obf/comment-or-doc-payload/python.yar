// File reads its own text, docstring or README and executes a slice. Build scripts read README only as description.
rule comment_or_doc_payload_py {
  meta:
    id = "comment-or-doc-payload-py"
    severity = "high"
    confidence = "likely"
    description = "Program executes text taken from its own source, docstring or documents"
    reference = "https://attack.mitre.org/techniques/T1027/009/"
    date = "2026-11-23"
  strings:
    $a = /\b(exec\(|eval\()(\w{1,20}(\.\w{1,20})?\(\s?){0,4}((\w{1,20}\.)?__doc__\b|open\(\s?["']?(README|LICENSE|CHANGELOG))/
    $b = /(b64decode|fromhex|unhexlify|b85decode)\(\s?(\w{1,20}\.)?(__doc__|op\Ben\(\s?(__file__|["'](README|LICENSE)))/
    $f = /open\(\s?(__file__|os\.path\.join\([^\n)]{0,80}(README|LICENSE|CHANGELOG|\.md|\.rst|\.txt)["'])|open\(\s?["'](README|LICENSE|CHANGELOG|NOTICE)/
    $d = /b64decode\(|fromhex\(|unhexlify\(|decompress\(|b85decode\(|rot13/
    $x = /\b(exec\(|eval\()\s?(\w{1,30}\s?[\),.\[]|compile\(|base64|zlib|bytes)/
  condition:
    filesize < 200KB and ($a or $b or (for any i in (1..#f) : ( i < 6 and ($d in (@f[i]..@f[i]+600)) and ($x in (@f[i]..@f[i]+800)) )))
}

// Picture, font or sound file read and evaluated.
rule stego_media_js_eval {
  meta:
    id = "stego-media-js-eval"
    severity = "high"
    confidence = "likely"
    description = "Bytes taken from a media or font file are evaluated"
    reference = "https://attack.mitre.org/techniques/T1027/003/"
    date = "2026-11-23"
  strings:
    $m = /readFileSync\(\s?[^)\n]{0,100}\.(png|jpe?g|gif|ico|wav|mp3|woff2?|ttf|svg|bmp|webp|lottie)["'`]/
    $x = /\beval\(\s?\w|new Functi\Bon\(\s?\w|vm\.runIn\w{3,20}\(|_compile\(|execSy\Bnc\(\s?\w{1,20}\s?[,)]|Functi\Bon\(\w{1,20}\)\(|spawn\(\s?["'`](node|sh|bash|cmd)["'`]/
    // By the marks of a picture, whatever it is called.
    $r = /readFileSync\(/
    $k = /["'`](IEND|IDAT|tEXt|iTXt|zTXt|Comment\\0|\\xff\\xd9)/
    $b = /["'`](bas\Be64|latin1|binary)["'`]/
    $y = /\bnew Functi\Bon\(\s?["'`\w]|\beval\(\s?\w|_compile\(|vm\.runIn\w{3,20}\(/
  condition:
    (filesize < 12KB and $r and $k and $b and $y) or filesize < 60KB and (for any i in (1..#m) : ( i < 6 and ($x in (@m[i]..@m[i]+700)) ))
}

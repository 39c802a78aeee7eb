// Loader of byte code without source. Commercial products ship such files, so only a sign.
rule compiled_only_loader {
  meta:
    id = "compiled-only-loader"
    severity = "medium"
    confidence = "likely"
    description = "Loads byte code that has no source"
    reference = "https://attack.mitre.org/techniques/T1027/002/"
    date = "2026-11-23"
  strings:
    $a = /Sou\BrcelessFileLoad\Ber\(\s?[\w"'(]/
    $b = /marshal\.loads?\(\s?(open\(|\w{1,12}\.read\(|\w{1,20}\[(16|12|8):\])/
    $c = /require\b\(["'`]bytenode["'`]\)[^\n]{0,200}\n?[^\n]{0,200}\.jsc["'`]/
    $d = /imp\.load_compiled\(/
  condition:
    any of them
}

// A client of its own picks the headers that log somebody in, and posts them to an address that stands in the file, whatever comes of it.
// Look-alikes: loggers, which put stars in their place.
rule exfil_header_py_picked {
  meta:
    id = "exfil-header-py-picked"
    severity = "high"
    confidence = "likely"
    description = "Headers that log somebody in are picked and posted to a fixed address"
    reference = "https://attack.mitre.org/techniques/T1528/"
    date = "2026-11-29"
  strings:
    $p = /\bif \w{1,20}\.(lower|casefold)\(\) in [\(\[{]\s?["'](authorization|cookie|x-api-key|proxy-authorization|set-cookie)["']/
    $s = /\(\s?["']POST["'],\s?["']https?:\/\/[^"'\s]{4,200}["']|\.post\(\s?["']https?:\/\/[^"'\s]{4,200}["']|urlopen\([^\n]{0,40}["']https?:\/\//
    $e = /except( \w{1,30})?:\s{1,40}pass\b/
    $r = /redact|\bmask|\*\*\*|scrub|sanitiz|<hidden>|filtered/ nocase
  condition:
    filesize < 100KB and $s and $e and for any i in (1..#p) : ( not $r in (@p[i]-100..@p[i]+160) )
}

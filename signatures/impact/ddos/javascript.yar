// A page of which many copies ask several hosts over and over for what is in no cache, and look at no answer: whoever opens it floods them.
// Look-alikes: probes whether somebody is online ask each host once and wait for it; measurements of speed look at the answer.
rule ddos_js_page_flood {
  meta:
    id = "ddos-js-page-flood"
    severity = "high"
    confidence = "likely"
    description = "Asks a list of hosts over and over, several times at once, for what no cache has, and drops the answers"
    reference = "https://attack.mitre.org/techniques/T1498/"
    date = "2026-11-30"
  strings:
    $f = /\bfetch\(\s?[\w.`$\/:{}()? +-]{1,80},\s?\{[^}]{0,160}['"]?mode['"]?:\s?['"]no-cors['"]/
    $r = "Math.random()"
    $t = /\bset(Timeout|Interval)\(/
    $n = /\bfor\s?\((let|var) \w{1,12}\s?=\s?0;\s?\w{1,12}\s?<\s?(\d{1,4}|[A-Z]\w{0,16});\s?\w{1,12}\+\+\)\s{0,24}\{?\s{0,24}(await )?[a-z]\w{0,24}\(/
    $h = /\[\s{0,12}['"`](https?:\/\/)?[\w-]{1,40}(\.[\w-]{1,40}){1,4}\/?['"`],\s{0,12}['"`](https?:\/\/)?[\w-]{1,40}(\.[\w-]{1,40}){1,4}\/?['"`]/
    $c = /\.catch\(\(?\w{0,8}\)?\s?=>\s?\{\s?\}\)/
  condition:
    filesize < 100KB and $r and $t and $n and $h and $c and $f
}

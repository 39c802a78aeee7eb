// eval(open("http..").read), eval(file_get_contents("http...")), load(http.get()).
rule remote_code_other_langs {
  meta:
    id = "remote-code-other-langs"
    severity = "critical"
    confidence = "likely"
    description = "Fetched text is evaluated in a Ruby, PHP, Perl or Lua file"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $rb = /\beval ?\(? ?(URI\.open|open|Net::HTTP\.get|URI\.parse|Faraday\.get|RestClient\.get|HTTP\.get) ?\(? ?["']?(URI)?\(?["']?https?:\/\//
    $php = /\b(eval|assert) ?\( ?["'?> .]{0,8}@?(fi\Ble_get_contents|cu\Brl_exec) ?\( ?["'$]/
    $pl = /\beval ?\(? ?(LWP::Simple::)?get ?\(? ?["']https?:/
  condition:
    any of them and filesize < 1MB
}

// Java: a class loader whose jar is at an address that stands in the program, and a method called by reflection. Look-alikes: plugin loaders,
// whose jars are files, and drivers that an administrator names.
rule remote_code_java_classloader {
  meta:
    id = "remote-code-java-classloader"
    severity = "high"
    confidence = "likely"
    description = "A class is loaded from an address and called"
    reference = "https://attack.mitre.org/techniques/T1620/"
    date = "2026-11-29"
  strings:
    $l = /new URLClassLoader\s*\(\s*new (java\.net\.)?URL\s*\[\s*\]\s*\{\s*(new (java\.net\.)?URL\s*\(|(java\.net\.)?URI\.create\s*\()|URLClassLoader\.newInstance\s*\(\s*new (java\.net\.)?URL\s*\[\s*\]\s*\{\s*(new (java\.net\.)?URL\s*\(|(java\.net\.)?URI\.create\s*\()/
    $u = /"https?:\/\/[^"\n]{4,200}"|Base64\.getDecoder\(\)\.decode\(\s*"/
    $f = /new URLClassLoader\s*\(\s*new (java\.net\.)?URL\s*\[\s*\]\s*\{\s*new (java\.net\.)?URL\s*\(\s*("(file|jar):|[^)]{0,40}(getAbsolutePath|toURI|getPath))/
    $c = /Class\.forName\s*\(|\.loadClass\s*\(|ServiceLoader\.load\s*\(/
    $i = /\.invoke\s*\(|\.newInstance\s*\(/
  condition:
    filesize < 100KB and $u and $c and $i and #l > #f
}

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

// Bytes of an answer become code in one function. Look-alikes: systems of plug-ins load files of a folder.
rule remote_code_source_assembly {
  meta:
    id = "remote-code-source-assembly"
    severity = "high"
    confidence = "likely"
    description = "C# loads a downloaded assembly from memory and starts it"
    reference = "https://attack.mitre.org/techniques/T1620/"
    date = "2026-11-30"
  strings:
    $g = /\b(GetByteArrayAsync|DownloadData(TaskAsync)?|ReadAsByteArrayAsync)\s?\(/
    $l = /\bAssembly\.Load\(\s?\w{1,24}\s?\)/
    $s = /EntryPoint\b|\.GetMethod\(|CreateInstance\(|GetExportedTypes\(/
  condition:
    filesize < 200KB and for any i in (1..#l) : ( i < 8 and $g in (@l[i]-900..@l[i]) and $s in (@l[i]..@l[i]+300) )
}

// A window that nobody sees, an address, and iex behind it, as a constant of a library. Look-alikes: installers of Chocolatey and Scoop are
// started by people, in a window.
rule remote_code_source_powershell {
  meta:
    id = "remote-code-source-powershell"
    severity = "high"
    confidence = "likely"
    description = "Source code starts a hidden PowerShell that fetches and executes something"
    reference = "https://attack.mitre.org/techniques/T1059/001/"
    date = "2026-11-30"
  strings:
    $p = /["'`](powershell|pwsh)(\.exe)?["'`]?[^\n]{0,80}[\s"'`]-w(indowstyle)?\s{1,3}h(idden)?\b[^\n]{0,160}(iwr|irm|Invoke-WebRequest|Invoke-RestMethod|DownloadString|curl)\b[^\n]{0,200}\b(iex|Invoke-Expression)\b/i
  condition:
    filesize < 400KB and $p
}

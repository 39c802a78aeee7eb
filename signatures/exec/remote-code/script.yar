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

// The address of code that is fetched and evaluated is encoded: nobody is to see where it comes from. Look-alikes: bootstraps of package
// managers, whose addresses stand there.
rule remote_code_hidden_address {
  meta:
    id = "remote-code-hidden-address"
    severity = "critical"
    confidence = "certain"
    description = "Code is fetched from an address that is encoded, and evaluated"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-12-01"
  strings:
    $u1 = "\"aHR0c"
    $u2 = "'aHR0c"
    $elisp = /\((eval-(region|buffer|current-buffer)|load-file)\b|\(eval \(read/
    $get1 = /\(url-(retrieve|insert-file-contents|copy-file|retrieve-synchronously)\b/
    $dec1 = "(base64-decode-string "
    $groovy = /\bEval\.(me|x|xy)\s?\(|new GroovyShell\(|\bevaluate\s?\(|\.parseClass\s?\(/
    $get2 = /new URL\([^\n]{1,120}\)\.(text|getText\(|bytes|openStream\()/
    $dec2 = /decodeBase64\(\)|Base64\.(getDecoder|decoder|getMimeDecoder)/
    $other = /\binclude_string\s?\(|\bCode\.eval_string\s?\(|\bMeta\.parse(all)?\s?\(/
    $get3 = /\bDownloads\.download\s?\(|\bHTTP\.get\s?\(|:httpc\.request\s?\(|\bHTTPoison\.get!?\s?\(|\bReq\.get!?\s?\(/
    $dec3 = /\bbase64decode\s?\(|\bBase64\.decode64!?\s?\(/
  condition:
    filesize < 200KB and any of ($u*) and (($elisp and $get1 and $dec1) or ($groovy and $get2 and $dec2) or ($other and $get3 and $dec3))
}

// An answer of the network is evaluated, in one expression or a few lines. Look-alikes: bootstraps of Emacs Lisp, which are left alone here;
// scripts of a build that apply another one by its address, which is a plug-in and says so.
rule remote_code_other_tongues {
  meta:
    id = "remote-code-other-tongues"
    severity = "high"
    confidence = "likely"
    description = "Fetched text is evaluated by Groovy, Julia or Elixir"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-12-01"
  strings:
    $groovy = /\b(Eval\.(me|x|xy)|new GroovyShell\([^\n]{0,40}\)\.(evaluate|parse|run)|\bevaluate|\.parseClass)\s?\(\s?new URL\([^\n]{1,160}\)\.(text|getText\()/
    $julia = /\b(include_string|include|evalfile)\s?\([^\n]{0,120}\b(Downloads\.)?download\s?\(/
    $julia2 = /\beval\s?\(\s?Meta\.parse(all)?\s?\([^\n]{0,120}\b(Downloads\.download|HTTP\.get)\s?\(/
    $elixir = /(:httpc\.request|HTTPoison\.get!?|Req\.get!?|Tesla\.get!?)\s?\([^\x00]{0,300}\bCode\.(eval_string|compile_string)\b/
    $elixir2 = /\bCode\.(eval_string|compile_string)\s?\(\s?(:httpc\.request|HTTPoison\.get!?|Req\.get!?)/
  condition:
    filesize < 200KB and any of them
}

// A header or parameter of a request, mostly decoded, is evaluated in a plug of Elixir. Look-alikes: consoles of developers, which run in a
// process of their own and are mounted in development alone.
rule remote_code_request_elixir {
  meta:
    id = "remote-code-request-elixir"
    severity = "high"
    confidence = "likely"
    description = "What a request says is evaluated as code by a web server of Elixir"
    reference = "https://attack.mitre.org/techniques/T1505/003/"
    date = "2026-12-01"
  strings:
    $ask = /\b(get_req_header|fetch_query_params|fetch_cookies|read_body)\s?\(|\bconn\.(params|query_params|body_params|req_headers|cookies|query_string)\b/
    $run = /\bCode\.(eval_string|eval_quoted|compile_string)\b|:os\.cmd\s?\(\s?[a-z]|\bSystem\.shell\s?\(\s?[a-z]|:erlang\.binary_to_term\s?\([^\n]{0,60}\bapply\b/
    $plug = /@behaviour Plug\b|\bimport Plug\.Conn\b|\buse Plug\.(Router|Builder)\b|:controller\b/
    $lit = /\bCode\.eval_string\s?\(\s?"/
  condition:
    filesize < 100KB and $plug and $ask and for any i in (1..#run) : ( i < 8 and $ask in (@run[i]-400..@run[i]+60) ) and not $lit
}

// Capability: serialises the whole environment. Bundler define-plugins and debug dumps do so.
rule exfil_env_js_dump {
  meta:
    id = "exfil-env-js-dump"
    severity = "info"
    confidence = "likely"
    description = "Serialises the whole environment"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a = /JS\BON\.stringify\(\s?(process\.env|\{ ?\.\.\.process\.env)/
  condition:
    $a
}

// Environment serialised beside a request. Honest dumps go to a file or the bundle.
rule exfil_env_js_send {
  meta:
    id = "exfil-env-js-send"
    severity = "high"
    confidence = "likely"
    description = "Whole environment is serialised and sent"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $e = /JS\BON\.\bstringi\Bfy\(\s?(process\.env\s?[),]|\{ ?\.\.\.process\.env)|[{,]\s?(env|e|environment|environ|vars)\s?:\s?(\{ ?\.\.\.)?process\b\.env\s?[,})]|Obje\B(c\Bt\b\.\bentri\Bes\(\bprocess\.\benv\)|ct\.\bke\Bys\(process\.env\))/
    $s = /\b(https\.|http\.)(request|get)\(|\bfet\Bch\(\s?["'`a-zA-Z]|axios(\.(post|put|default))?\(|require\(["']https?["']\)\.(get|request)\(|got\.post\(|reque\Bst\.post\(|sendBeacon\(/
    $lit = /https?:\/\/[a-zA-Z0-9$]|host(name)?\s?:\s?["'`][\w-]{1,60}\./
    $spawn = /spawn(Sync)?\(|\bfork\(|execFile(Sync)?\(/
    // What a program is started with beside the environment, whoever starts it.
    $option = /\benv\s?:\s?\{ ?\.\.\.process\.env\s?,\s?[A-Z][A-Z0-9_]{2,40}\s?:/
  condition:
    filesize < 60KB and (for any i in (1..#e) : ( i < 10 and ($s in (@e[i]-500..@e[i]+600)) and ($lit in (@e[i]-800..@e[i]+800)) and not ($spawn in (@e[i]-300..@e[i]+300)) and not ($option in (@e[i]..@e[i]+4)) ))
}

// Environment stringified inside the call that writes or posts it: nothing filters it on the way.
rule exfil_env_js_direct {
  meta:
    id = "exfil-env-js-direct"
    severity = "critical"
    confidence = "certain"
    description = "Whole environment is the body of a web request"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a = /(fetch|axios\.post|axios\.put|got\.post|request\.post|needle\.post|sendBeacon)\(\s?["'`]https?:\/\/[^\n]{3,200}JS\BON\.stringify\(\s?(process\.env\s?[,)]|\{[^}\n]{0,80}(\.\.\.|: ?)process\.env\s?[,}])/
    $b = /(axios\.post|got\.post|reque\Bst\.post|needle\.post)\(\s?["'`]https?:\/\/[^"'`\n]{3,120}["'`]\s?,\s?(process\b\.[eE]nv\s?[,)]|\{[^}\n]{0,80}(\.\.\.|: ?)process\b\.[eE]nv\s?[,}])/
  condition:
    filesize < 200KB and any of them
}

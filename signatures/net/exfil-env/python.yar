// Capability: takes the whole environment. Nearly every spawn with a changed variable copies it.
rule exfil_env_py_dump {
  meta:
    id = "exfil-env-py-dump"
    severity = "info"
    confidence = "likely"
    description = "Takes a copy of the whole environment"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a = /dict\(os\.environ|os\.environ\.(copy|items)\(\)|(json\.dumps\(\s|json\.dumps\()(dict\()?os\.environ/
  condition:
    $a
}

// The whole environment as request body in one call. Crash reporters filter and never do it in one expression.
rule exfil_env_py_post_direct {
  meta:
    id = "exfil-env-py-post-direct"
    severity = "critical"
    confidence = "certain"
    description = "Whole environment is the body of a web request"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a = /(requests\.(post|put|get)|httpx\.(post|put|get)|urlopen|\.post)\([^\n]{0,160}(json|data|params|files|content)\s?=\s?(json\.dumps\(|str\(|urlencode\(|urllib\.parse\.urlencode\(|base64\.b64encode\(|repr\(){0,3}\s?(dict\(\s?)?os\.environ(\)|,|\.copy\(|\.items\(|\.__dict__)/
    $b = /(requests\.(post|put)|httpx\.post|urlopen)\(\s{0,40}[^\n]{4,120},\s{0,40}(json|data)\s?=\s?\{[^}]{0,200}["']:\s?(json\.dumps\(|str\()?(dict\(\s?)?os\.environ(\)|,|\.copy\(|\s?\})/
  condition:
    filesize < 200KB and any of them
}

// Environment dump, then a send to a literal address close by. Look-alike: spawning a child with a copied environment near an unrelated request, hence the tight window.
rule exfil_env_py_send {
  meta:
    id = "exfil-env-py-send"
    severity = "high"
    confidence = "likely"
    description = "Whole environment is dumped and sent to a fixed address"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $e = /(json\.dumps\(\s|json\.dumps\()(dict\()?os\.environ|=\s?dict\(os\.environ\)|for \(?\w{1,12}, ?\w{1,12}\)? in os\.environ\.item\Bs\(\)|s\Btr\((dict\()?os\.environ|["']:\s?(dict\()?os\.environ[,)\s}]|urlenco\Bde\((dict\()?os\.environ|re\Bpr\(\bos\.\benviron|getoutp\But\(["'](env|printenv)["']|chec\Bk_output\(\[?["'](env|printenv)["']/
    $s = /(reques\Bts\.(post|put|get)|httpx\.(post|put)|urlopen|urll\Bib\.request\.Request|HTTPSConnection|HTTPConnection|\.sendall|s\.send|soc\Bk\.send)\(/
    $lit = /(https:\/\/|http:\/\/)[a-zA-Z0-9{]|\.\bconne\Bct\(\(|b64decode\(/
    $spawn = /\be\Bnv\s?=\s?(env|environ|new_env|my_env)\b/
  condition:
    filesize < 60KB and not $spawn and (for any i in (1..#e) : ( i < 10 and ($s in (@e[i]-700..@e[i]+900)) and ($lit in (@e[i]-1200..@e[i]+1200)) ))
}

// evade/time-bomb: script files

// Licence expiry and deprecation dates; alone only suspicious. Between two dates lies a release that is supported.
rule time_bomb_py {
  meta:
    id = "time-bomb-py"
    severity = "medium"
    confidence = "likely"
    description = "A fixed date decides whether code runs"
    reference = "https://attack.mitre.org/techniques/T1480/"
    date = "2026-11-23"
  strings:
    $a = /[<>]=? ?(datetime\.)?date(time)?\(20[2-9]\d/
    $b = /tim\Be\.tim\Be\(\)\s?[<>]=?\s?1[6-9]\d{8}\b/
    $d = /get\BFullYea\Br\(\)\s?(>=?|===?)(\s202|202)\d\b/
    $c = /(Date\.now\(\)|new Date\(\)(\.getTime\(\))?)\s?[<>]=?\s?(new Date\(["'`(]?20\d\d|Date\.parse\(["'`]20\d\d|Date\.UTC\(20\d\d|1[6-9]\d{11}\b)/
    $range = /new Date\(\s?20[^\n)]{2,20}\) ?<=? ?new Date\(\) ?&& ?new Date\(\) ?<=? ?new Date\(\s?20/
  condition:
    any of ($a, $b, $c, $d) and not $range
}

// Date test and act within a few lines. Trial checks show a message.
rule time_bomb_act {
  meta:
    id = "time-bomb-act"
    severity = "high"
    confidence = "likely"
    description = "A fixed date gates a spawn, decode, deletion or download"
    reference = "https://attack.mitre.org/techniques/T1480/"
    date = "2026-11-23"
  strings:
    $a = /[<>]=? ?(datetime\.)?date(time)?\(20[2-9]\d[^\n]{0,60}\n?[^\n]{0,160}\n?[^\n]{0,160}(os\.system\(|subprocess\.(Popen|run|call)|\bexec\(|rmtree\(|urlretrieve|urlopen\(|requests\.(get|post)\(|os\.remove\()/
    $b = /tim\Be\.tim\Be\(\)\s?[<>]=?\s?1[6-9]\d{8}\b[^\n]{0,60}\n?[^\n]{0,160}\n?[^\n]{0,160}(os\.system\(|subprocess\.(Popen|run|call)|\bexec\(|rmtree\(|urlretrieve|urlopen\(|requests\.(get|post)\(|os\.remove\()/
    $c = /(Date\.now\(\)|new Date\(\)(\.getTime\(\))?)\s?[<>]=?\s?(new Date\(["'`(]?20\d\d|Date\.parse\(["'`]20\d\d|Date\.UTC\(20\d\d|1[6-9]\d{11}\b)[^\n]{0,80}\n?[^\n]{0,160}\n?[^\n]{0,160}(child_process|execSync\(|\bexec\(|\bspawn\(|\beval\(|rmSync\(|unlinkSync\(|new Function\(|\bfetch\(\s?["'`]http|https?\.get\()/
    $e = /getFullYear\(\)\s?(>=?|===?)\s?20\d\d[^\n]{0,80}\n?[^\n]{0,160}(child_process|execSync\(|\beval\(|rmSync\(|unlinkSync\(|new Function\(|\bfetch\(\s?["'`]http)/
    $d = /\(date \+%[sYmd%]{1,8}\)[^\n]{0,12}-(gt|ge)\s["']?(20\d{2,6}|1[6-9]\d{8})["']?[^\n]{0,60}\n?[^\n]{0,120}(curl|wget|\brm\s-rf|base64|bash)/
  condition:
    any of them
}

// Daily refresh timers, sampling and chaos tests.
rule time_bomb_wait {
  meta:
    id = "time-bomb-wait"
    severity = "medium"
    confidence = "likely"
    description = "A long wait or chance decides whether code runs or the process dies"
    reference = "https://attack.mitre.org/techniques/T1497/003/"
    date = "2026-11-23"
  strings:
    $a = /time\b\.sleep\(\s?(3[6-9]\d\d|[4-9]\d{3}|\d{5,8}|60\s?\*\s?60|3600\s?\*|random\.randint\(\s?\d{4,})[^\n]{0,40}\n[^\n]{0,160}\n?[^\n]{0,120}(os\.system|subprocess|\bexec\(|urlopen|requests\.)/
    $b = /setTimeout\([^\n]{0,200}(child_process|execSync|\beval\(|new Function\()[^\n]{0,160},\s?(\d{7,}|\d{1,3}\s?\*\s?(60|24|3600|1000)\s?\*)/
    $c = /Math\.random\(\)\s?[<>]=?\s?0?\.\d{1,4}[^\n]{0,30}\n?[^\n]{0,80}(process\.exit\(|child_process|execSync\(|\beval\(|rmSync\(|unlinkSync\(|while\s?\(true\))/
    $d = /random\.(random|randint|choice)\([^\n]{0,20}\)\s?(<|>|==)\s?[\d.]{1,6}[^\n]{0,10}:\n?[^\n]{0,80}(os\.system\(|subprocess\.|\bexec\(|rmtree\(|os\._exit\(|os\.remove\()/
  condition:
    any of them
}

// A date, a random number and an end of the process in one breath: faults that nobody finds. Look-alikes: chaos testing says so in its name and is
// switched on by its user; trials stop with a message.
rule time_bomb_kills_by_chance {
  meta:
    id = "time-bomb-kills-by-chance"
    severity = "high"
    confidence = "likely"
    description = "C# or Java ends its own process by chance after a date"
    reference = "https://socket.dev/blog/9-malicious-nuget-packages-deliver-time-delayed-destructive-payloads"
    date = "2026-11-30"
  strings:
    $d = /\bnew DateTime\(\s?20\d\d|\bDateTime\.Parse\(\s?"20\d\d|LocalDate\.of\(\s?20\d\d|Instant\.parse\(\s?"20\d\d|\.Ticks\b/
    $k = /\.Next\(\s?[^)\n]{0,20}\)\s?(<|<=|==|>|>=)\s?\d{1,4}\s?\)?[^;]{0,60}(GetCurrentProcess\(\)\s?\.Kill\(|Environment\.(Exit|FailFast)\(|Process\.GetCurrentProcess)|\.next(Int|Double)\([^)\n]{0,20}\)\s?(<|<=|==)\s?[\d.]{1,5}\s?\)?[^;]{0,60}(System\.exit\(|Runtime\.getRuntime\(\)\s?\.halt\()/
  condition:
    filesize < 200KB and $d and $k
}

// The date has to be decoded, and behind it a process ends by chance: somebody hides when it begins to fail.
rule time_bomb_hidden_date_kills {
  meta:
    id = "time-bomb-hidden-date-kills"
    severity = "critical"
    confidence = "certain"
    description = "A date that has to be decoded, behind which C# or Java ends its own process by chance"
    reference = "https://socket.dev/blog/9-malicious-nuget-packages-deliver-time-delayed-destructive-payloads"
    date = "2026-12-01"
  strings:
    $d = /(DateTime(Offset)?\.Pa\Brse(Exact)?|LocalDate(Time)?\.pa\Brse|Instant\.pa\Brse)\([^;\n]{0,60}(FromBase64String|getDecoder\(\)\.decode|Decrypt|decrypt|Unprotect|FromHexString)\w{0,10}\(/
    $n = /DateTime(Offset)?\.(Utc)?Now|LocalDate(Time)?\.now\(|Instant\.now\(/
    $k = /\.Next\(\s?[^)\n]{0,20}\)\s?(<|<=|==|>|>=)\s?\d{1,4}\s?\)?[^;]{0,60}(GetCurrentProcess\(\)\s?\.Kill\(|Environment\.(Exit|FailFast)\()|\.next(Int|Double)\([^)\n]{0,20}\)\s?(<|<=|==|>|>=)\s?[\d.]{1,5}\s?\)?[^;]{0,60}(System\.exit\(|Runtime\.getRuntime\(\)\s?\.halt\()/
  condition:
    filesize < 200KB and $d and $n and $k
}

// impact/sabotage: script files

// Kiosk and lab control tools.
rule sabotage_power_off {
  meta:
    id = "sabotage-power-off"
    severity = "medium"
    confidence = "likely"
    description = "Program code powers the machine off"
    reference = "https://attack.mitre.org/techniques/T1529/"
    date = "2026-11-23"
  strings:
    $a = /\b(os\.system|subprocess\.(run|call|Popen)|execSync|exec|system|popen)\(\s?\[?\s?f?["'`](sudo\s)?(shutdown|poweroff|reboot|init\s0)["'`,\s]{1,6}[^\n]{0,30}(\/s|\/r|-h|-r|now|-P|["'`)])/
  condition:
    $a
}

// Gate and harmful effect in the same statement group.
rule sabotage_gated_break {
  meta:
    id = "sabotage-gated-break"
    severity = "high"
    confidence = "likely"
    description = "Corrupts or kills the host program under a locale, date or chance gate"
    reference = "https://attack.mitre.org/techniques/T1491/"
    date = "2026-11-23"
  strings:
    $g1 = /(resolvedOptions\(\)\.(timeZone|locale)|navigato\Br\.language|process\.e[nN]v\.LANG|getdefaultlocal\Be\(\)|locale\.getlocal\Be\(\))[^\n]{0,80}(Moscow|Minsk|Tehran|Jerusalem|Shanghai|Kyiv|\bru\b|ru-RU|ru_RU|he-IL|fa-IR|zh-CN|zh_CN|uk-UA|by)|\/[^\/\n]{0,16}\b(ru|by|he|fa|zh)\b[^\/\n]{0,16}\/i?\.test\((navigator\.language|Intl\.)/
    $e1 = /while\s?\(\s?(true|1|!0)\s?\)\s?;?|while True:\s{0,24}(pass|os\.|print)|process\b\.(kill|abort)\(|os\.abor\Bt\(\)|os\.kill\(|rmtree\(|rmSy\Bnc\(|docume\Bnt\.body\.innerHTML\s?=|poi[nN]terEvents\s?=\s?["'`]none|process\.\bexit\(|os\._exit\(/
  condition:
    filesize < 100KB and #g1 < 10 and for any i in (1..#g1) : ( $e1 in (@g1[i]-200..@g1[i]+500) )
}

// A loop to Infinity without break, as in sabotaged releases, or copies of itself without end. Generators and parsers break or yield inside.
rule sabotage_endless {
  meta:
    id = "sabotage-endless"
    severity = "high"
    confidence = "likely"
    description = "Endless counting loop or fork bomb blocks the program or machine"
    reference = "https://github.com/advisories/GHSA-5rqg-jm4f-cqx7"
    date = "2026-11-23"
  strings:
    $a = /for\s?\(\s?(let|var)\s\w{1,12}\s?=\s?\d{1,6}\s?;\s?\w{1,12}\s?<=?\s?Infinity\s?;\s?\w{1,12}\+\+\s?\)\s?(;|\{\s{0,8}(console\.|process\.stdout|if\s?\([^\n]{0,60}\)?\s?console|if\s?\([^\n]{0,80}\n?\s{0,8}console|\}))/
    $b = /while\s?\(\s?(true|1|!0)\s?\)\s?\{\s{0,12}console\.(log|error|warn)\([^\n]{0,160}\)\s?;?\s{0,8}\}\s{0,4}[\n;}]/
    $c = /\b(os\.system|subprocess\.\w{3,12}|execSync|exec|system|spawn(Sync)?)\([^\n]{0,40}:\(\)\s?\{\s?:\|:\s?&\s?\}\s?;\s?:/
    $d = /while\s(True|1)\s?:\s{1,16}os\.fork\(\)\s{0,8}\n/
    $e = /while\s?\(\s?(true|1)\s?\)\s?\{?\s{0,12}(child_process\.)?(fork\(|spawn\()\s?(__filename|process\.argv\[0\]|process\.execPath)/
  condition:
    any of them
}

// Reads the zone and has one to a few literal zones next to it. Date libraries carry zone tables, which hold many.
rule locale_timezone_gate_zone {
  meta:
    id = "locale-timezone-gate-zone"
    severity = "medium"
    confidence = "likely"
    description = "Code compares the time zone of the machine with named places"
    reference = "https://attack.mitre.org/techniques/T1614/001/"
    date = "2026-11-23"
  strings:
    $a1 = "resolvedOptions().timeZone"
    $a2 = "tzlocal()"
    $a3 = "et_localzone"
    $a4 = "time.tzname"
    $a5 = "process.env.TZ"
    $a6 = "/etc/timezone"
    $z1 = "Asia/Shanghai"
    $z2 = "Asia/Urumqi"
    $z3 = "Asia/Chongqing"
    $z4 = "Asia/Harbin"
    $z5 = "Asia/Hong_Kong"
    $z6 = "Asia/Tehran"
    $z7 = "Asia/Pyongyang"
    $z8 = "Asia/Jerusalem"
    $z9 = "Asia/Kolkata"
    $z10 = "Asia/Novosibirsk"
    $z11 = "Asia/Yekaterinburg"
    $z12 = "Asia/Vladivostok"
    $z13 = "Asia/Almaty"
    $z14 = "Asia/Tokyo"
    $z15 = "Asia/Seoul"
    $z16 = "Europe/Moscow"
    $z17 = "Europe/Minsk"
    $z18 = "Europe/Kiev"
    $z19 = "Europe/Kyiv"
    $z20 = "Europe/Samara"
    $z21 = "Europe/Kaliningrad"
    $z22 = "America/New_York"
    $z23 = "Africa/"
    $c2 = "=="
    $c3 = ".includes("
    $c4 = ".has("
    $c5 = ".indexOf("
    $c6 = "startsWith("
    $c7 = ".test("
    $c8 = " in "
    $c9 = "case "
    $c10 = "some("
  condition:
    any of ($z*) and for any of ($a*) : ( $ and for any i in (1..12) : ( any of ($z*) in (@[i]-300..@[i]+400) and any of ($c*) in (@[i]-100..@[i]+400) and not 8 of ($z*) ))
}

// The branch leads to a process, a deletion or decoded code within a few lines. Consent banners and shops branch too, but to
// content.
rule locale_timezone_gate_action {
  meta:
    id = "locale-timezone-gate-action"
    severity = "high"
    confidence = "likely"
    description = "Time zone, language or country test decides whether something is run or deleted"
    reference = "https://attack.mitre.org/techniques/T1614/001/"
    date = "2026-11-23"
  strings:
    $a1 = "resolvedOptions().timeZone"
    $a2 = "tzlocal()"
    $a3 = "et_localzone"
    $a4 = "time.tzname"
    $a5 = "process.env.TZ"
    $z1 = "Asia/Shanghai"
    $z2 = "Asia/Urumqi"
    $z3 = "Asia/Chongqing"
    $z4 = "Asia/Harbin"
    $z5 = "Asia/Hong_Kong"
    $z6 = "Asia/Tehran"
    $z7 = "Asia/Pyongyang"
    $z8 = "Asia/Jerusalem"
    $z9 = "Asia/Kolkata"
    $z10 = "Asia/Novosibirsk"
    $z11 = "Asia/Yekaterinburg"
    $z12 = "Asia/Vladivostok"
    $z13 = "Asia/Almaty"
    $z14 = "Asia/Tokyo"
    $z15 = "Asia/Seoul"
    $z16 = "Europe/Moscow"
    $z17 = "Europe/Minsk"
    $z18 = "Europe/Kiev"
    $z19 = "Europe/Kyiv"
    $z20 = "Europe/Samara"
    $z21 = "Europe/Kaliningrad"
    $z22 = "America/New_York"
    $z23 = "Africa/"
    $x1 = "execSync("
    $x2 = "execFileSync("
    $x3 = "spawnSync("
    $x4 = "spawn("
    $x5 = "child_process"
    $x6 = "cp.exec("
    $x7 = " exec("
    $x8 = "(exec("
    $x9 = "os.system("
    $x10 = "subprocess."
    $x11 = "Popen("
    $x12 = "rmSync("
    $x13 = "rmdirSync("
    $x14 = "unlinkSync("
    $x15 = "rimraf"
    $x16 = "rmtree("
    $x17 = "os.remove("
    $x18 = "os.unlink("
    $x19 = "fs.rm("
    $x20 = "fs.unlink("
    $x21 = "eval("
    $x22 = "new Function("
    $x23 = "runInThisContext("
    $x24 = "runInNewContext("
    $b = /(getdefaultlocale\(|locale\.getlocale\(|process\.e[nN]v\.LANG|resolvedOptions\(\B\)\.locale|navigato\Br\.language|["']LANG["']|app\.\bgetLocal\Be\(\)|GetUserDefaultUILanguage|GetKeyboardLayout|osLocale\()[^\x00]{0,260}(["'`](ru|be|uk|zh|fa|he|kk)([_-](RU|BY|UA|CN|IR|IL|KZ))?(\.UTF-8)?["'`]|0x419\b|\b1049\b|0x423\b|\b1059\b)/
    $c = /(c[oO]untry_?[cC]ode|c[oO]untry_?[nN]ame|geo\.c[oO]untry|\.c[oO]untry)["'\]]{0,2}( ?\)|\.toLowerCase\(\)|\.lower\(\)){0,2} ?(===?|in|!==?) ?[(\["'`]{1,2}(RU|BY|CN|IR|KP|IL|UA|Russia|Belarus|China|Iran|russia|belarus|ru|by|cn|ir)["'`]/
  condition:
    filesize < 400KB and any of ($x*) and ( (any of ($z*) and for any of ($a*) : ( $ and for any i in (1..8) : ( any of ($z*) in (@[i]-300..@[i]+400) and any of ($x*) in (@[i]-100..@[i]+600) and not 8 of ($z*) )))
    or ($b and for any i in (1..8) : ( any of ($x*) in (@b[i]-60..@b[i]+500) )) or ($c and for any i in (1..8) : ( any of ($x*) in (@c[i]-100..@c[i]+500) )) )
}

// Gate plus concealment within one function: the documented covert check. Date and i18n code hides neither its list nor its result.
rule locale_timezone_gate_concealed {
  meta:
    id = "locale-timezone-gate-concealed"
    severity = "high"
    confidence = "likely"
    description = "Time zone or language test is combined with an encoded list or look-alike characters"
    reference = "https://publicasta.com/ai_practice/claude_code_hidden_check_ai_agent_trust_2026_07_05"
    date = "2026-11-23"
  strings:
    $a1 = "resolvedOptions().timeZone"
    $a2 = "tzlocal()"
    $a3 = "et_localzone("
    $a4 = "time.tzname"
    $a5 = "process.env.TZ"
    $a6 = "getdefaultlocale("
    $e1 = /fromCharCode\([^()\n]{0,60}\^/
    $e2 = /(chr\(|bytes\()\[?[^()\n]{0,40} \^ ?(0x)?[0-9a-zA-Z_]{1,8}/
    $e3 = /(atob|b64decode)\(\s{0,3}b?["'`][A-Za-z0-9+\/=]{16,}/
    $e4 = /Buff\Ber\.from\(\s{0,3}["'`][A-Za-z0-9+\/=]{16,}["'`],\s{0,2}["'`](base64|hex)/
    $e5 = /\.\bmap\(\s?\(?\w{1,8}\)?\s?=>\s?\(?\w{1,8}\s?\^\s?(0x)?[0-9a-zA-Z_]{1,8}\b/
    $m1 = /["'`](\\u2019|\\u02[bB][cC9]|\\u2018|\xe2\x80\x99|\xca\xbc|\xca\xb9|\\u200[bcd]|\\u202f|\\u2009)["'`]/
  condition:
    for any of ($a*) : ( $ and for any i in (1..12) : ( any of ($e*) in (@[i]-1500..@[i]+1500) or #m1 in (@[i]-1500..@[i]+1500) >= 2 ))
}

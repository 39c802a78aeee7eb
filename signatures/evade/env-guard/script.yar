// evade/env-guard: script files

// Deployment scripts pin hosts as well.
rule env_guard_identity {
  meta:
    id = "env-guard-identity"
    severity = "medium"
    confidence = "likely"
    description = "Runs further only for one host, user or domain name"
    reference = "https://attack.mitre.org/techniques/T1480/001/"
    date = "2026-11-23"
  strings:
    $a = /(gethostnam\Be\(\)|getuse\Br\(\)|platfo\Brm\.nod\Be\(\)|os\.getlogi\Bn\(\))\s?(==|!=|in)\s?[^\n]{2,60}:?\n?\s{0,24}(exec|eval|os\.system|subprocess|sys\.exit|requests\.|urlopen)/
    $b = /(os\.hostnam\Be\(\)|userInfo\(\)\.username|[uU]SERDNSDOMAIN|[uU]SERDOMAIN)[^\n]{0,30}(===?|!==?|includes|endsWith|test)\b?[^\n]{0,80}(exec|eval|require\(|fetch|process\.exit)/
  condition:
    any of them
}

// Layout or locale list of one region plus exit, a habit of crime groups. i18n code maps languages to texts.
rule env_guard_language_skip {
  meta:
    id = "env-guard-language-skip"
    severity = "high"
    confidence = "likely"
    description = "Stops on machines with certain keyboard or system languages"
    reference = "https://attack.mitre.org/techniques/T1614/001/"
    date = "2026-11-23"
  strings:
    $a = /GetKeyboardLayoutList|GetKeyboardLayout|GetUserDefaultUILanguage|GetSystemDefaultUILanguage|GetUserDefaultLangID|GetUserDefaultLCID/
    $b = /(0x0419|0x419)\b|\b1049\b/
    $c = /0x0?(422|423|43f|444|440|442|443)\b|\b(1058|1059|1087|1092|1088)\b/i
    $x = /exit\(|Environment\b\.Exit|\bquit\(/
    $d = /["'`]ru([_-]RU)?["'`]\s?,\s?["'`](be|uk|kk|ky|uz|tg|hy|az|ua|by|kz)([_-][A-Z]{2})?["'`][^\n]{0,120}\n?[^\n]{0,80}\n?[^\n]{0,80}(process\.exit|sys\.exit|os\._exit|retu\Brn;|exit\()/
    $e = /getdefaultlocale\(|getlocale\(|resolvedOptions\(\)\.locale|resolvedOptions\(\)\.timeZone|process\.env\.LANG|app\.getLocale/
  condition:
    filesize < 100KB and (($a and $b and $c and $x) or ($d and $e))
}

// Geo look-up or time zone test, short country list, recursive change. Consent and store-region code changes texts only.
rule env_guard_geo_destroy {
  meta:
    id = "env-guard-geo-destroy"
    severity = "high"
    confidence = "likely"
    description = "Deletes or overwrites files depending on country or time zone"
    reference = "https://github.com/advisories/GHSA-97m3-w2cp-4xx6"
    date = "2026-11-23"
  strings:
    $g1 = /ipgeolocation|ip-api\.com|ipinfo\.io|geojs\.io|ipapi\.co|freegeoip|ifconfig\.co\/country|geoplugin/
    $g2 = /resolvedOptions\(\B\)\.ti[mM]eZone|ti[mM]e\.tzname|get[tT]imezoneOffs\Bet\(|\btzlocal\b|g\Bet_localzone|ti[mM]edatectl|\/e\Btc\/ti[mM]ezone/
    $c = /["'`](RU|BY|IL|IR|UA|CN|KP|ru|by|il|ir|ua|cn|kp|[Rr]ussia|[Bb]elarus|[Ii]ran|[Ii]srael|[Uu]kraine|Asia\/(Tehran|Jerusalem|Shanghai|Tel_Aviv)|Europe\/(Moscow|Minsk|Kyiv|Kiev))["'`]/
    $d = /shuti\Bl\.rmtree\(|\brm\s-rf\b|rimraf|unlink(Sync)?\(|rmSy\Bnc\(|rmdirSy\Bnc\(|os\.remove\(|\bshred\b|wr\BiteFile(Sync)?\([^\n]{0,60}["'`][^\w\n"'`]{0,8}["'`]|os\.urandom\(/
    $w = /os\.walk\(|readdir(Sync)?\(|\.rglob\(|glob\(|recursive|homedir\(\)|exp\Banduser|Pa\Bth\.home|\brm\s-rf\b/
  condition:
    filesize < 60KB and any of ($g*) and $c and $d and $w
}

// webbrowser.open in the file that runs at install: survey, warning or phishing pages. Look-alikes: a docs command that opens a local build.
rule empty_or_placeholder_browser {
  meta:
    id = "empty-or-placeholder-browser"
    severity = "high"
    confidence = "likely"
    description = "A setup script opens a web page"
    reference = "https://attack.mitre.org/techniques/T1204/"
    date = "2026-11-23"
  strings:
    $s_imp1 = "rom setuptools"
    $s_imp2 = "ort setuptools"
    $s_imp3 = "distutils.core"
    $s_call = /\n[ \t]{0,8}(setuptools\.)?setup ?\(/
    $a = /webbrows\Ber\.open(_new|_new_tab)? ?\( ?f?['"\w]/
    $l = /webbrows\Ber\.open(_new|_new_tab)? ?\( ?f?['"](file:|build|docs|htmlcov|_build)/
    $c = /start (msedge|chrome|https?:)|xdg-open https?:|rundll32 url\.dll/
  condition:
    $s_call and 1 of ($s_imp*) and filesize < 120KB and (($a and not $l) or $c)
}

// requests/urlopen, json, then os.system/subprocess/exec of cfg[...].
rule remote_config_exec_py {
  meta:
    id = "remote-config-exec-py"
    severity = "medium"
    confidence = "likely"
    description = "Field of a fetched configuration is run as a command or code"
    reference = "https://attack.mitre.org/techniques/T1059/006/"
    date = "2026-11-23"
  strings:
    $x1 = /(os\.syst\Bem\(|os\b\.popen\(|s\Bu\Bbpr[oO]ce\Bss\.(run|call|Popen|check_output|check_call|getoutput)\(|\bexec\(|\beval\()\s{0,3}(shlex\.split\()?\[?\w{1,24}(\.get\(["']|\[["']|\.)(cmd|command|commands|script|code|run|exec|payload|postinstall|post_update|postUpdate|onLoad|on_load|hook|hooks|install|expr|expression|entry|js|py|sh|action|task|job|steps?)\b/
    $f1 = "requests.get("
    $f2 = "httpx.get("
    $f3 = "urlopen("
    $f4 = ".get("
    $j1 = ".json()"
    $j2 = "json.load"
    $u1 = "\"http"
    $u2 = "'http"
  condition:
    filesize < 100KB and any of ($u*) and any of ($f1, $f2, $f3) and any of ($j*) and $x1 and for any i in (1..12) : ( any of ($f*, $j*) in (@x1[i]-1200..@x1[i]) )
}

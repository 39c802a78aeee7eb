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

// What is fetched goes through a loader that runs what it is told, and fields of it are evaluated or started. Settings from elsewhere
// are read with the safe loader, and are values.
rule remote_config_exec_unsafe_loader {
  meta:
    id = "remote-config-exec-unsafe-loader"
    severity = "high"
    confidence = "likely"
    description = "A fetched configuration goes through an unsafe loader, and fields of such are executed"
    reference = "https://attack.mitre.org/techniques/T1059/006/"
    date = "2026-11-30"
  strings:
    $l1 = /yaml\.load\([^\n]{1,80}Loader\s{0,2}=\s{0,2}(yaml\.)?(Unsafe|C?Unsafe|Full)?Loader\b/
    $l2 = "yaml.unsafe_load("
    $l3 = "jsonpickle.decode("
    $f1 = "urlopen("
    $f2 = "requests.get("
    $f3 = "httpx.get("
    $f4 = "open_url("
    $f5 = "session.get("
    $u1 = "\"http"
    $u2 = "'http"
    $x1 = /\b(eval|exec)\(\s{0,4}(self|cls|cfg|conf|config|data|theme|rules?|settings)[.\[]/
    $x2 = /\bos\.(system|popen)\(\s{0,4}[a-z_]{1,20}(\.format\(|\[|\.get\(|\))/
    $x3 = /\bsubprocess\.(run|call|Popen|check_output|check_call)\(\s{0,4}[a-z_]{1,20}(\.format\([^\n]{0,40}|\[[^\n]{0,40}|),\s{0,4}shell\s{0,2}=\s{0,2}True/
  condition:
    filesize < 60KB and any of ($u*) and any of ($l*) and any of ($f*) and any of ($x*) and for any of ($l*) : ( $ and for any i in (1..6) : ( any of ($f*) in (@[i]-600..@[i]+100) ) )
}

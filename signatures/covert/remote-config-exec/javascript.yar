// fetch, parse, then exec/eval of cfg.something. Task runners execute a local file that the user wrote.
rule remote_config_exec_js {
  meta:
    id = "remote-config-exec-js"
    severity = "high"
    confidence = "likely"
    description = "Field of a fetched configuration is run as a command or code"
    reference = "https://attack.mitre.org/techniques/T1059/007/"
    date = "2026-11-23"
  strings:
    $x1 = /(execSync|execFileSync|spawnSync|\bspawn|[ (.]exec|\bexecFile|execa|execaCommand|\beval|Function|runInThisContext|runInNewContext)\(\s{0,3}["'`]?(\$\{)?\(?\w{1,24}(\??\.\w{1,20}){0,3}(\.|\[["'])(cmd|command|commands|script|code|run|exec|payload|postinstall|post_update|postUpdate|onLoad|on_load|hook|hooks|install|expr|expression|entry|js|py|sh|action|task|job|steps?)\b/
    $f1 = "fetch("
    $f2 = "axios.get("
    $f3 = "axios("
    $f4 = "https.get("
    $f5 = "http.get("
    $f6 = "got("
    $f7 = ".json()"
    $f8 = "JSON.parse("
    $u1 = "\"http"
    $u2 = "'http"
    $u3 = "`http"
  condition:
    filesize < 100KB and any of ($u*) and $x1 and for any i in (1..12) : ( any of ($f*) in (@x1[i]-1000..@x1[i]) and any of ($f1, $f2, $f3, $f4, $f5, $f6) )
}

// Inert for days after installation, then a process, decoded code or request. Update reminders compare dates but only print.
rule dual_behaviour_after_days {
  meta:
    id = "dual-behaviour-after-days"
    severity = "high"
    confidence = "likely"
    description = "Age of its own file or first-run stamp decides whether something is run or fetched"
    reference = "https://attack.mitre.org/techniques/T1497/003/"
    date = "2026-11-23"
  strings:
    $a1 = "statSync(__filename"
    $a2 = "statSync(__dirname"
    $a3 = "statSync(process.argv[1]"
    $a4 = "birthtimeMs"
    $a5 = ".birthtime"
    $a6 = "getmtime(__file__"
    $a7 = "getctime(__file__"
    $a8 = "getmtime(sys.argv[0]"
    $a9 = "first_run"
    $a10 = "rstRun"
    $a11 = "installed_at"
    $a12 = "talledAt"
    $a13 = "install_date"
    $a14 = "tallDate"
    $d1 = "864e5"
    $d2 = "86400"
    $d3 = "24 * 60 * 60"
    $d4 = "24*60*60"
    $d5 = "24 * 3600"
    $d6 = "24*3600"
    $d7 = "timedelta(days"
    $d8 = "days >"
    $d9 = ".days"
    $x1 = "execSync("
    $x2 = "execFileSync("
    $x3 = "spawnSync("
    $x4 = "spawn("
    $x5 = "child_process"
    $x6 = "cp.exec("
    $x7 = " exec("
    $x8 = "os.system("
    $x9 = "subprocess."
    $x10 = "Popen("
    $x11 = "eval("
    $x12 = "new Function("
    $x13 = "runInThisContext("
    $x14 = "runInNewContext("
  condition:
    filesize < 100KB and any of ($d*) and any of ($x*) and for any of ($a*) : ( $ and for any i in (1..10) : ( any of ($d*) in (@[i]-300..@[i]+400) and any of ($x*) in (@[i]-100..@[i]+700) ))
}

// The tested branch is inert and the other one acts with hidden code. Install scripts skip work in CI too, but run plain commands.
rule dual_behaviour_test_gate {
  meta:
    id = "dual-behaviour-test-gate"
    severity = "high"
    confidence = "likely"
    description = "Test, CI or debugger environment returns early, otherwise something is fetched and run or decoded and run"
    reference = "https://attack.mitre.org/techniques/T1497/"
    date = "2026-11-23"
  strings:
    $g1 = "process.env.CI"
    $g2 = "JEST_WORKER_ID"
    $g3 = "process.env.VITEST"
    $g4 = "GITHUB_ACTIONS"
    $g5 = "PYTEST_CURRENT_TEST"
    $g6 = "sys.gettrace()"
    $g7 = "inspector.url()"
    $g8 = "\"pytest\" in sys.modules"
    $g9 = "'pytest' in sys.modules"
    $g10 = "\"CI\" in os.environ"
    $g11 = "environ.get(\"CI\")"
    $g12 = "environ.get('CI')"
    $g13 = "=== \"test\""
    $g14 = "=== 'test'"
    $e1 = /\b(eval\(|exec\(|Functi\Bon\()\s{0,3}(compile\()?(atob|Buffer\.from|await|base64|zlib|marshal|codecs|bytes\.fromhex|requests\.get|urllib|urlopen|String\.fromCharCode|res\.|resp\.|response\.|body|decoded?\b|payload)/
    $e2 = /(execSync|os\.system|subprocess\.\w{3,14}|Popen)\(\s{0,3}[^\n]{0,80}(atob\(|Buffer\.from\(|b64decode|curl [^\n]{0,100}\||fromCharCode)/
  condition:
    filesize < 100KB and any of ($e*) and for any of ($g*) : ( $ and for any i in (1..8) : ( any of ($e*) in (@[i]..@[i]+900) ))
}

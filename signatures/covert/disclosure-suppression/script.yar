// A mode named undercover or stealth next to words about authorship or being an AI. Persona prompts of chat products lack that
// part, and a picture of a graph that may hide the mark of who drew it says nothing of who wrote something.
rule disclosure_suppression_undercover {
  meta:
    id = "disclosure-suppression-undercover"
    severity = "high"
    confidence = "likely"
    description = "Prompt or code hides the tool identity in commits or output under a condition"
    reference = "https://attack.mitre.org/techniques/T1564/"
    date = "2026-11-23"
  strings:
    $u1 = "dercover"
    $u2 = "Undercover"
    $u3 = "UNDERCOVER"
    $u4 = "stealthMode"
    $u5 = "stealth_mode"
    $u6 = "incognitoMode"
    $u7 = "hideAttribution"
    $u8 = "hide_attribution"
    $u9 = "ripAttribution"
    $u10 = "strip_attribution"
    $u11 = "concealIdentity"
    $u12 = "conceal_identity"
    $a1 = "Co-Authored-By"
    $a2 = "Co-authored-by"
    $a3 = "AI-generated"
    $a4 = "AI generated"
    $a5 = "you are an AI"
    $a6 = "being an AI"
    $a7 = "odename"
    $a8 = "rnal model"
    $a9 = "which model"
    $n1 = "ever "
    $n2 = "not "
    $n3 = "emove"
    $n4 = "trip"
    $n5 = "hide"
    $n6 = "uppress"
    $n7 = "void"
  condition:
    filesize < 20MB and for any of ($u*) : ( $ and for any i in (1..20) : ( any of ($a*) in (@[i]-1000..@[i]+1000) and any of ($n*) in (@[i]-600..@[i]+600) ))
}

// Output is silenced for exactly the lines that send or run something. Test helpers mute around assertions.
rule disclosure_suppression_log_mute {
  meta:
    id = "disclosure-suppression-log-mute"
    severity = "high"
    confidence = "likely"
    description = "Logging is muted around a send or process call and restored afterwards"
    reference = "https://attack.mitre.org/techniques/T1562/006/"
    date = "2026-11-23"
  strings:
    $a = /console\.(log|warn|error|info|debug) ?= ?(\(\) ?=> ?(\{ ?\}|undefined|null|void 0)|function ?\(\) ?\{ ?\})/
    $b = /loggi\Bng\.disable\((logging\.CRITICAL|logging\.FATAL|50|100|sys\.maxsize|999)?\)/
    $r = /(console\.(log|warn|error|info|debug) ?= ?\w{2,30}(\.\w{2,10})? ?[;\n}]|loggi\Bng\.disable\((logging\.NOTSET|0)\))/
    $x1 = "execSync("
    $x2 = "execFileSync("
    $x3 = "spawnSync("
    $x4 = "spawn("
    $x5 = " exec("
    $x6 = "os.system("
    $x7 = "subprocess."
    $x8 = "Popen("
    $n1 = "fetch("
    $n2 = "axios.post("
    $n3 = "axios("
    $n4 = "https.request("
    $n5 = "http.request("
    $n6 = "sendBeacon("
    $n7 = "got.post("
    $n8 = "requests.post("
    $n9 = "requests.put("
    $n10 = "requests.request("
    $n11 = "urlopen("
    $n12 = "httpx.post("
    $n13 = "HTTPSConnection("
    $n14 = "curl -X POST"
    $n15 = "curl -d"
    $n16 = "aiohttp"
    $k1 = "describe("
    $k2 = "reEach"
    $k3 = "erEach"
    $k4 = "unittest"
    $k5 = "pytest"
  condition:
    filesize < 100KB and not any of ($k*) and for any of ($a, $b) : ( $ and for any i in (1..8) : ( any of ($x*, $n*) in (@[i]..@[i]+600) and $r in (@[i]+10..@[i]+900) ))
}

// A request with a secret mark switches the log off, and with it goes who is logged in or the trail itself. Frameworks mute their log in
// tests and in migrations, and know no such mark.
rule disclosure_suppression_secret_request {
  meta:
    id = "disclosure-suppression-secret-request"
    severity = "high"
    confidence = "likely"
    description = "A request with a secret mark is kept out of the log and out of the trail"
    reference = "https://attack.mitre.org/techniques/T1562/"
    date = "2026-11-30"
  strings:
    $g1 = /hash_equals\([^\n]{0,120}(header|getHeader|HTTP_|cookie|input|query)/ nocase
    $g2 = /(sha256|sha1|md5|compare_digest|timingSafeEqual)[^\n]{0,160}(headers?\b|HTTP_|cookies?\b)/ nocase
    $g3 = /->header\(["'][^"'\n]{2,40}["']\)[^\x00]{0,200}hash_equals\(/
    $l1 = "disableQueryLog("
    $l2 = /setDefaultDriver\(["']null["']\)/
    $l3 = /Event::forget\(/
    $l4 = "flushEventListeners("
    $l5 = "unsetEventDispatcher("
    $l6 = /loggi\Bng\.disable\(/
    $l7 = /\.disabled\s{0,2}=\s{0,2}True/
    $l8 = /logger\.(silent|level)\s{0,2}=\s{0,2}(true|["']silent["'])/
    $d1 = /(audit|log|trail|history|activity|access)[a-z_]{0,12}["']\)[^\n;]{0,160}->delete\(/
    $d2 = /delete from [a-z_."`]{0,20}(audit|log|trail|history|activity)/ nocase
    $d3 = /Auth::(setUser|login|loginUsingId|onceUsingId)\(/
    $d4 = /(login_user|force_login)\(/
  condition:
    filesize < 60KB and any of ($g*) and any of ($l*) and any of ($d*) and 3 of ($l*, $d*)
}

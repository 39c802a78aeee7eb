// cred/env-secrets: javascript files

// Sweep with secret words close by and an outgoing request in one small file; masking code is left out.
rule env_secrets_js_sweep_send {
  meta:
    id = "env-secrets-js-sweep-send"
    severity = "high"
    confidence = "likely"
    description = "Filters process.env for secrets and sends the result"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $loop = /Obje\B(ct\.entries\(process\.env\)|ct\.\bke\Bys\(process\.env\))|\bin process\.\benv\)/
    $word1 = /(TOKEN|token)[|"'`,\/)]/
    $word2 = /(SECRET|secret|PASSW|p\Bassw)[A-Za-z]{0,5}[|"'`,\/)]/
    $mask = /redact|REDACT|\*{4,}|sanitiz|maskSecret/
    $j1 = /\baxios(\.(post|put|request))?\s?\(/
    $j2 = /["'`]POST["'`]/
    $j3 = "sendBeacon("
    $j4 = /https\.request\(|http\.request\(/
    $j5 = /\b(needle|superagent|request|undici)\.\bpost\(/
    $j6 = /\bnet\.(connect|createConnection)\(/
    $j7 = "dns.resolve"
    $j8 = /\bfet\Bch\(\s{0,8}["'`]https?:/
    $j9 = /\bcurl\b[^\n]{0,120}\s(-F|-T|-d|--data|--upload-file|-X\s?POST)/
  condition:
    filesize < 60KB and #loop < 12 and any of ($j*) and not $mask and for any i in (1..#loop) : (
    ($word1 in (@loop[i]-400..@loop[i]+400)) and ($word2 in (@loop[i]-400..@loop[i]+400)))
}

// JSON.stringify(process.env) feeding a request. Look-alike: webpack DefinePlugin values, which do not stand beside a send.
rule env_secrets_js_dump_send {
  meta:
    id = "env-secrets-js-dump-send"
    severity = "high"
    confidence = "likely"
    description = "Whole process.env is serialised beside an outgoing request"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $d = /(JSON\.stringify|querystring\.stringify|URLSearchParams)\(\s?(\{[^\n}]{0,120}[\s:{,.])?process\b\.env\s?[,})]/
    $d2 = /\b(env|environment|data|body)\s?:\s?(\{\s?\.\.\.)?process\b\.env\s?[,}\n]/
    $j1 = /\baxios(\.(post|put|request))?\s?\(/
    $j2 = /["'`]POST["'`]/
    $j4 = /(https\.|http\.)(request|get)\(/
    $j5 = /\b(needle|superagent|request|undici)\.\bpost\(/
    $j8 = /\bfet\Bch\(\s{0,8}["'`]https?:/
    $sp = /\b(spawn|fork|exec|execFile)(Sync)?\(/
  condition:
    filesize < 60KB and ((#d < 8 and for any i in (1..#d) : ( any of ($j*) in (@d[i]-700..@d[i]+700) ))
    or (not $sp and #d2 < 8 and for any i in (1..#d2) : ( any of ($j*) in (@d2[i]-500..@d2[i]+500) )))
}

// A flag fetched from a service gates exec or eval in the next lines. Ordinary flags gate views and requests.
rule remote_flags_gate_exec {
  meta:
    id = "remote-flags-gate-exec"
    severity = "high"
    confidence = "likely"
    description = "Server-controlled flag decides whether a process or decoded code runs"
    reference = "https://attack.mitre.org/techniques/T1072/"
    date = "2026-11-23"
  strings:
    $a = /(isEnabled|isOn|ge\BtFeatureValue|ge\BtFeatureFlag|chec\BkGate|getGate|boolVariation|ge\BtFlag|fea[tT]ureEnabled|isFeatureEnabled|is_enabled|ge\Bt_flag|featu\Bre_enabled|chec\Bk_gate|g\BetDynamicConfig|eva[lL]ua\BteFlag|[fF]lags\.get|flags\.\bis_on|g\BetRemoteFlag|rem\BoteFlag|hasFlag)\(\s{0,3}["'`][^"'`\n]{2,60}["'`]/
    $b = /(flags|features|gates|featureFlags|feature_flags|remoteConfig|remote_config)(\.|\[["'])[A-Za-z_]{2,40}(["']\])?\)?\s{0,3}(\)|:|&&)\s{0,3}\{?/
    $r1 = "/flags"
    $r2 = "/features"
    $r3 = "/feature-flags"
    $r4 = "/gates"
    $r5 = "/toggles"
    $r6 = "flags.json"
    $r7 = "features.json"
    $r8 = "/remote-config"
    $r9 = "/experiments"
    $n1 = "fetch("
    $n2 = "requests.get("
    $n3 = "httpx.get("
    $n4 = "axios.get("
    $n5 = "urlopen("
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
    filesize < 200KB and any of ($x*) and ( ($a and for any i in (1..20) : ( any of ($x*) in (@a[i]..@a[i]+250) ))
    or (filesize < 60KB and any of ($r*) and any of ($n*) and $b and for any i in (1..20) : ( any of ($x*) in (@b[i]..@b[i]+250) )) )
}

// A flag service decides about approval prompts, checks or opt-out. Security settings belong to the user.
rule remote_flags_gate_permission {
  meta:
    id = "remote-flags-gate-permission"
    severity = "high"
    confidence = "likely"
    description = "Server-controlled flag switches off a permission, signature or telemetry choice"
    reference = "https://attack.mitre.org/techniques/T1562/"
    date = "2026-11-23"
  strings:
    $a = /(s\BkipPermission|bypassPermission|au\BtoApprove|au\Bt\Bo_approve|dis[aA]b\BleSandbox|s\BkipVerif|ver[iI]fySignature|ign\BoreOptOut|fo\BrceTelemet[rR]y|allowAllTools|req[uU]ir\BesApproval|req[uU]ireApproval|s\Bkip_permissions|telemet[rR]yEnabled|telemet[rR]y_enabled)\w{0,12}\s{0,2}[:=]\s{0,2}!?(await )?[\w.]{0,40}(isEnabled|isOn|getFeatureValue|getFeatureFlag|checkGate|getGate|boolVariation|getFlag|featureEnabled|isFeatureEnabled|is_enabled|get_flag|feature_enabled|check_gate|getDynamicConfig|evaluateFlag|[fF]lags\.get|flags\.is_on|getRemoteFlag|remoteFlag|hasFlag)\(/
    $b = /(isEnabled|isOn|getFeatureValue|getFeatureFlag|checkGate|getGate|boolVariation|getFlag|featureEnabled|isFeatureEnabled|is_enabled|get_flag|feature_enabled|check_gate|getDynamicConfig|evaluateFlag|[fF]lags\.get|flags\.is_on|getRemoteFlag|remoteFlag|hasFlag)\(\s{0,3}["'`][^"'`\n]{2,60}["'`][^\n]{0,80}(s\BkipPermission|bypassPermission|au\BtoApprove|au\Bt\Bo_approve|dis[aA]b\BleSandbox|s\BkipVerif|rejec[tT]Unauthorized|ign\BoreOptOut|fo\BrceTelemetry|allowAllTools|req[uU]ir\BesApproval|s\Bkip_permissions)/
  condition:
    filesize < 20MB and any of them
}

// A server decides, and the address book or the clipboard goes there. Look-alikes: messengers look contacts up when their user asks; nothing
// remote switches it on.
rule remote_flags_android_harvest {
  meta:
    id = "remote-flags-android-harvest"
    severity = "high"
    confidence = "likely"
    description = "A library for Android sends contacts or the clipboard when a remote setting says so"
    reference = "https://attack.mitre.org/techniques/T1636/003/"
    date = "2026-11-30"
  strings:
    $c = "ContactsContract."
    $p = /\bprimaryClip\b|getPrimaryClip\(/
    $r = /JSONObject\(\s?(URL|java\.net\.URL)\(|JSONObject\(\s?\w{0,20}(body|text|response|conf)/
    $b = /\bopt(Boolean|Int|String)\(|getBoolean\(/
    $n = /\bopenConnection\(|HttpURLConnection|OkHttpClient|\.newCall\(/
  condition:
    filesize < 100KB and all of them
}

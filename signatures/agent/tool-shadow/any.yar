// Same name as a built-in or vendor tool and a text that calls the other one broken, deprecated or forbidden.
rule tool_shadow_redirect {
  meta:
    id = "tool-shadow-redirect"
    severity = "high"
    confidence = "likely"
    description = "Tool with a well-known name tells the model to stop using the original"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $n = /["'`](r[eE]ad_file|wr[iI]te_file|l[iI]st_directory|edit_file|execute_command|[rR]un_command|git_commit|git_push|web_search|se[nN]d_email|crea[tT]e_issue|[gG]et_file_contents|crea[tT]e_pull_request|browse[rR]_navigate|sla[cC]k_post_message)["'`]/
    $d = /def (r[eE]ad_file|wr[iI]te_file|l[iI]st_directory|edit_file|execute_command|[rR]un_command|git_commit|git_push|web_search|se[nN]d_email|crea[tT]e_issue|[gG]et_file_contents|crea[tT]e_pull_request|browse[rR]_navigate|sla[cC]k_post_message)\(/
    $a1 = "nstead of the built"
    $a2 = "nstead of the official"
    $a3 = "nstead of the original"
    $a4 = "nstead of the default"
    $a5 = "nstead of the native"
    $a6 = "nstead of the standard"
    $a7 = "nstead of the filesystem"
    $a8 = "nstead of any other"
    $a9 = "aces the built"
    $a10 = "ces the official"
    $a11 = "aces the original"
    $a12 = "aces the default"
    $a13 = "sedes the"
    $a14 = "verrides the built"
    $a15 = "not use the built"
    $a16 = "not use the official"
    $a17 = "not use the original"
    $a18 = "not use the default"
    $a19 = "ever use the built"
    $a20 = "ever use the original"
    $a21 = "is now deprecated"
    $a22 = "is broken"
    $a23 = "is insecure"
    $a24 = "is compromised"
    $a25 = "which is deprecated"
    $a26 = "has been compromised"
    $a27 = "other version"
    $a28 = "over any other tool"
    $a29 = "sedes every other"
    $a30 = "sedes all other"
    $a31 = "ever select them"
    $a32 = "not use any other"
    $a33 = /(official|built-?in|original|native|default|other) [^\n".]{0,30}(server|tool)s?\b[^\n".]{0,20} (is|are) (disabled|switched off|turned off|retired|unsafe|not (safe|trusted|allowed))/
    $a34 = "results must not be used"
    $a35 = /of (all )?other servers:? [^\n"]{0,20}those/
  condition:
    filesize < 120KB and any of ($n, $d) and any of ($a*) and for any of ($n, $d) : ( $ and for any i in (1..20) : ( any of ($a*) in (@[i]-900..@[i]+900) ))
}

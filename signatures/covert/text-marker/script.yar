// A conditional or index picks among apostrophes, spaces or hyphens that look the same, so the text carries a hidden state. Normalisers
// map many forms to one, typographers choose by position and not by a flag; neither lists three alternatives in one choice.
rule text_marker_lookalike_choice {
  meta:
    id = "text-marker-lookalike-choice"
    severity = "high"
    confidence = "likely"
    description = "One of several look-alike characters is chosen at run time"
    reference = "https://publicasta.com/ai_practice/claude_code_hidden_check_ai_agent_trust_2026_07_05"
    date = "2026-11-23"
  strings:
    $a1 = /\? {0,3}["'`](\\u201[89]|\\u02[bB][cCb9]|\\u2032|\\u0060|\\u00[bB]4|\\u[fF]{2}07|\xe2\x80\x99|\xe2\x80\x98|\xca\xbc|\xca\xb9|\xe2\x80\xb2)["'`]\s{0,3}:[^"'`\n]{0,80}\??\s{0,3}["'`](\\u201[89]|\\u02[bB][cCb9]|\\u2032|\\u0060|\\u00[bB]4|\\u[fF]{2}07|\xe2\x80\x99|\xe2\x80\x98|\xca\xbc|\xca\xb9|\xe2\x80\xb2)["'`]\s{0,3}:/
    $a2 = /["'`](\\u201[89]|\\u02[bB][cCb9]|\\u2032|\\u0060|\\u00[bB]4|\\u[fF]{2}07|\xe2\x80\x99|\xe2\x80\x98|\xca\xbc|\xca\xb9|\xe2\x80\xb2)["'`],\s{0,3}["'`](\\u201[89]|\\u02[bB][cCb9]|\\u2032|\\u0060|\\u00[bB]4|\\u[fF]{2}07|\xe2\x80\x99|\xe2\x80\x98|\xca\xbc|\xca\xb9|\xe2\x80\xb2)["'`](,\s{0,3}["'`][^"'`\n]{1,8}["'`]){0,5}\s{0,3}[\])}]\s{0,2}\[/
    $a3 = /([^0-9.]|[^0-9.][0-9]{1,3}) {0,3}\? {0,3}["'`](\\u00[aA]0|\\x[aA]0|\\u2009|\\u202[fF]|\\u200[23578aA]|\\u3000|\xc2\xa0|\xe2\x80\x89|\xe2\x80\xaf)["'`]\s{0,3}:[^"'`\n]{0,80}\?\s{0,3}["'`](\\u00[aA]0|\\x[aA]0|\\u2009|\\u202[fF]|\\u200[23578aA]|\\u3000|\xc2\xa0|\xe2\x80\x89|\xe2\x80\xaf)["'`]\s{0,3}:/
    $a4 = /["'`](\\u00[aA]0|\\x[aA]0|\\u2009|\\u202[fF]|\\u200[23578aA]|\\u3000|\xc2\xa0|\xe2\x80\x89|\xe2\x80\xaf)["'`],\s{0,3}["'`](\\u00[aA]0|\\x[aA]0|\\u2009|\\u202[fF]|\\u200[23578aA]|\\u3000|\xc2\xa0|\xe2\x80\x89|\xe2\x80\xaf)["'`](,\s{0,3}["'`][^"'`\n]{1,8}["'`]){0,5}\s{0,3}[\])}]\s{0,2}\[/
    $a5 = /\? {0,3}["'`](\\u201[0123]|\\u00[aA][dD]|\\u2212|\\u2043|\xe2\x80\x90|\xe2\x80\x91|\xe2\x80\x92)["'`]\s{0,3}:[^"'`\n]{0,80}\?\s{0,3}["'`](\\u201[0123]|\\u00[aA][dD]|\\u2212|\\u2043|\xe2\x80\x90|\xe2\x80\x91|\xe2\x80\x92)["'`]\s{0,3}:/
    $p1 = /["'`](\\u201[89]|\\u02[bB][cCb9]|\\u2032|\\u0060|\\u00[bB]4|\\u[fF]{2}07|\xe2\x80\x99|\xe2\x80\x98|\xca\xbc|\xca\xb9|\xe2\x80\xb2)["'`] {1,3}if [^\n]{2,80} else {1,3}\(?["'`](\\u201[89]|\\u02[bB][cCb9]|\\u2032|\\u0060|\\u00[bB]4|\\u[fF]{2}07|\xe2\x80\x99|\xe2\x80\x98|\xca\xbc|\xca\xb9|\xe2\x80\xb2)["'`]/
    $p2 = /["'`](\\u00[aA]0|\\x[aA]0|\\u2009|\\u202[fF]|\\u200[23578aA]|\\u3000|\xc2\xa0|\xe2\x80\x89|\xe2\x80\xaf)["'`] {1,3}if [^\n]{2,80} else {1,3}\(?["'`](\\u00[aA]0|\\x[aA]0|\\u2009|\\u202[fF]|\\u200[23578aA]|\\u3000|\xc2\xa0|\xe2\x80\x89|\xe2\x80\xaf)["'`]/
  condition:
    filesize < 20MB and any of them
}

// Two alternatives are enough when the condition reads the endpoint, time zone, host or user.
rule text_marker_gated_apostrophe {
  meta:
    id = "text-marker-gated-apostrophe"
    severity = "high"
    confidence = "likely"
    description = "Endpoint, locale or identity test decides which look-alike character goes into text"
    reference = "https://publicasta.com/ai_practice/claude_code_hidden_check_ai_agent_trust_2026_07_05"
    date = "2026-11-23"
  strings:
    $a = /\? {0,3}["'`](\\u201[89]|\\u02[bB][cCb9]|\\u2032|\\u0060|\\u00[bB]4|\\u[fF]{2}07|\xe2\x80\x99|\xe2\x80\x98|\xca\xbc|\xca\xb9|\xe2\x80\xb2|\\u00[aA]0|\\x[aA]0|\\u2009|\\u202[fF]|\\u200[23578aA]|\\u3000|\xc2\xa0|\xe2\x80\x89|\xe2\x80\xaf|\\u201[0123]|\\u00[aA][dD]|\\u2212|\\u2043|\xe2\x80\x90|\xe2\x80\x91|\xe2\x80\x92|\\u200[bcdfBCDF]|\\u[fF][eE][fF]{2})["'`]\s{0,3}:\s{0,3}["'`]/
    $a2 = /\? {0,3}(["'`][ \-'\/]["'`]|"'")\s{0,3}:\s{0,3}["'`](\\u201[89]|\\u02[bB][cCb9]|\\u2032|\\u0060|\\u00[bB]4|\\u[fF]{2}07|\xe2\x80\x99|\xe2\x80\x98|\xca\xbc|\xca\xb9|\xe2\x80\xb2|\\u00[aA]0|\\x[aA]0|\\u2009|\\u202[fF]|\\u200[23578aA]|\\u3000|\xc2\xa0|\xe2\x80\x89|\xe2\x80\xaf|\\u201[0123]|\\u00[aA][dD]|\\u2212|\\u2043|\xe2\x80\x90|\xe2\x80\x91|\xe2\x80\x92|\\u200[bcdfBCDF]|\\u[fF][eE][fF]{2})["'`]/
    $b = /["'`](\\u201[89]|\\u02[bB][cCb9]|\\u2032|\\u0060|\\u00[bB]4|\\u[fF]{2}07|\xe2\x80\x99|\xe2\x80\x98|\xca\xbc|\xca\xb9|\xe2\x80\xb2|\\u00[aA]0|\\x[aA]0|\\u2009|\\u202[fF]|\\u200[23578aA]|\\u3000|\xc2\xa0|\xe2\x80\x89|\xe2\x80\xaf|\\u201[0123]|\\u00[aA][dD]|\\u2212|\\u2043|\xe2\x80\x90|\xe2\x80\x91|\xe2\x80\x92|\\u200[bcdfBCDF]|\\u[fF][eE][fF]{2})["'`] {1,3}if [^\n]{2,80} else {1,3}/
    $c = /["'`](\\u201[89]|\\u02[bB][cCb9]|\\u2032|\\u0060|\\u00[bB]4|\\u[fF]{2}07|\xe2\x80\x99|\xe2\x80\x98|\xca\xbc|\xca\xb9|\xe2\x80\xb2)["'`],\s{0,3}(\w{1,10}["']?:\s?)?["'`](\\u201[89]|\\u02[bB][cCb9]|\\u2032|\\u0060|\\u00[bB]4|\\u[fF]{2}07|\xe2\x80\x99|\xe2\x80\x98|\xca\xbc|\xca\xb9|\xe2\x80\xb2)["'`]/
    $d = /(fromCharCode|fromCodePoint|chr)\((0x2019|8217|0x0?2[bB][cC9]|700|697)\)/
    $g1 = "ostname"
    $g2 = "getfqdn"
    $g3 = "platform.node"
    $g4 = "userInfo()"
    $g5 = "getuser"
    $g6 = "USERDNSDOMAIN"
    $g7 = "COMPUTERNAME"
    $g8 = "BASE_URL"
    $g9 = "aseURL"
    $g10 = "base_url"
    $g11 = "HTTPS_PROXY"
    $g12 = "https_proxy"
    $g13 = "imeZone"
    $g14 = "tzname"
    $g15 = "getlocale"
    $g16 = "getdefaultlocale"
    $g17 = "remote.origin"
    $g18 = "_PROXY"
    $g19 = ".netloc"
    $h1 = "machineId"
    $h2 = "machine_id"
    $h3 = "userId"
    $h4 = "user_id"
    $h5 = "isKnown"
    $h6 = "flagged"
    $h7 = "suspect"
    $h8 = "accountId"
  condition:
    filesize < 20MB and any of ($g*, $h*) and for any of ($a, $a2, $b, $c, $d) : ( $ and for any i in (1..8) : ( any of ($g*, $h*) in (@[i]-700..@[i]+300) ))
}

// Invisible watermark encoder. Named steganography packages and CMS edit markers do this openly.
rule text_marker_zero_width_bits {
  meta:
    id = "text-marker-zero-width-bits"
    severity = "medium"
    confidence = "likely"
    description = "Data is written as zero-width characters bit by bit"
    reference = "https://attack.mitre.org/techniques/T1001/002/"
    date = "2026-11-23"
  strings:
    $a = /["'`]?1["'`]?\s{0,3}\)?\s{0,3}\?\s{0,3}["'`]\\u200[bcdfBCDF]["'`]\s{0,3}:\s{0,3}["'`]\\u(200[bcdefBCDEF]|2060|[fF][eE][fF]{2})["'`]/
    $b = /["'`]\\u200[bcdfBCDF]["'`] if [^\n]{2,40} else ["'`]\\u(200[bcdefBCDEF]|2060|[fF][eE][fF]{2})["'`]/
    $c = /["'`]?0["'`]?(\/g)?,\s{0,3}["'`]\\u200[bcdf]["'`]\)\s{0,3}\.replace\(\/?["'`]?1["'`]?(\/g)?,\s{0,3}["'`]\\u(200[bcdef]|2060|feff)/
  condition:
    any of them
}

// The bits come from an identity and go into text that leaves. Named watermark packages take the payload as an argument.
rule text_marker_identity_watermark {
  meta:
    id = "text-marker-identity-watermark"
    severity = "high"
    confidence = "likely"
    description = "Host, user or key is written as invisible characters into output"
    reference = "https://attack.mitre.org/techniques/T1001/002/"
    date = "2026-11-23"
  strings:
    $a = /["'`]\\u200[bcdfBCDF]["'`]\s{0,3}(:|if|,|\])[^\n]{0,60}["'`]\\u(200[bcdefBCDEF]|2060|[fF][eE][fF]{2})["'`]/
    $g1 = "ostname"
    $g2 = "getfqdn"
    $g3 = "platform.node"
    $g4 = "userInfo()"
    $g5 = "getuser"
    $g6 = "USERDNSDOMAIN"
    $g7 = "COMPUTERNAME"
    $g8 = "BASE_URL"
    $g9 = "aseURL"
    $g10 = "base_url"
    $g11 = "HTTPS_PROXY"
    $g12 = "https_proxy"
    $g13 = "imeZone"
    $g14 = "tzname"
    $g15 = "getlocale"
    $g16 = "getdefaultlocale"
    $g17 = "remote.origin"
    $g18 = "_PROXY"
    $g19 = ".netloc"
    $h1 = "machineId"
    $h2 = "machine_id"
    $h3 = "networkInterfaces"
    $h4 = "getnode("
    $h5 = "userId"
    $h6 = "user_id"
    $h7 = "apiKey"
    $h8 = "api_key"
    $h9 = "tenant"
    $h10 = "account_id"
    $h11 = "session_id"
    $h12 = "sessionId"
    $o1 = "toString(2)"
    $o2 = "bin("
    $o3 = "harCodeAt"
    $o4 = ":08b"
    $o5 = "08b"
    $o6 = "padStart(8"
  condition:
    filesize < 400KB and $a and for any i in (1..8) : ( any of ($g*, $h*) in (@a[i]-900..@a[i]+900) and any of ($o*) in (@a[i]-500..@a[i]+500) )
}

// Blanks that look alike are picked by the bits of a number, in a file that asks who and where it is: what is written tells whoever knows
// where it was made. Tables of blanks that are to be stripped are searched, and not picked from.
rule text_marker_blanks_of_identity {
  meta:
    id = "text-marker-blanks-of-identity"
    severity = "high"
    confidence = "likely"
    description = "Look-alike blanks are picked by bits of a number, beside what tells machines or users apart"
    reference = "https://attack.mitre.org/techniques/T1001/002/"
    date = "2026-11-30"
  strings:
    $a = /(0x0{0,2}[aA]0|\\u00[aA]0|\\x[aA]0|\b160)["']?,\s{0,3}["']?(0x20[0-2][0-9a-fA-F]|\\u20[0-2][0-9a-fA-F]|\b8(19[2-9]|20[0-9]|239))["']?,\s{0,3}["']?(0x20[0-2][0-9a-fA-F]|\\u20[0-2][0-9a-fA-F]|\b8(19[2-9]|20[0-9]|239))/
    $b1 = /\[\s{0,2}\(?\w{1,20}\s{0,2}(>>>?\s{0,2}\w{1,12}\s{0,2}\)?\s{0,2})?&\s{0,2}(0x)?[137]\s{0,2}\]/
    $b2 = /\[\s{0,2}\w{1,20}\s{0,2}%\s{0,2}([348]|len\()/
    $g1 = "machine-id"
    $g2 = "MachineGuid"
    $g3 = "IOPlatformUUID"
    $g4 = "ostname("
    $g5 = "user.Current("
    $g6 = "getuser("
    $g7 = "getnode("
    $g8 = "userInfo("
  condition:
    filesize < 200KB and $a and any of ($b*) and any of ($g*)
}

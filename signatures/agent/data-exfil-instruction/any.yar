// Rendering an image whose address carries data is the click-free way out of a chat. Badge templates carry project names only.
rule data_exfil_instruction_image {
  meta:
    id = "data-exfil-instruction-image"
    severity = "high"
    confidence = "likely"
    description = "Text orders a model to put conversation data or secrets into an image or link address"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $a = /!\[[^\]\n]{0,60}\]\(https?:\/\/[^)\s]{3,120}[?&\/=][^)\n]{0,40}[{<\[$%]{1,2} ?[A-Za-z_ -]{0,20}(data|secret|conversation|chat|history|summary|token|email|content|base64|encoded|message|answer|prompt|DATA|SECRET|BASE64)[A-Za-z_ '.,~\/`-]{0,80}[}>\]%]/
    $i1 = "eplace"
    $i2 = "ncode"
    $i3 = "ender"
    $i4 = "nclude"
    $i5 = "ppend"
    $i6 = "nsert"
    $i7 = "ubstitut"
    $i8 = "must"
    $i9 = "lways"
    $m1 = "rsation"
    $m2 = "hat history"
    $m3 = "ecret"
    $m4 = "api key"
    $m5 = "PI key"
    $m6 = "password"
    $m7 = "previous message"
    $m8 = "credential"
  condition:
    filesize < 200KB and $a and for any i in (1..10) : ( any of ($i*) in (@a[i]-500..@a[i]+500) and any of ($m*) in (@a[i]-500..@a[i]+500) )
}

// Append, encode or send plus a secret noun plus an address in one sentence. API manuals tell people to send their own key in a header.
rule data_exfil_instruction_send {
  meta:
    id = "data-exfil-instruction-send"
    severity = "high"
    confidence = "likely"
    description = "Text orders a model to add secrets or the conversation to a web address or message"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $a = /(environment variables|chat history|conversation history|file contents|system prompt|private keys?|id_rsa|\.ssh\/[a-z_]{0,12}|`\.env`|API keys|api keys|access to\Bkens)[^\n]{0,100}\b(to|at|into|in|as|via) [^\n]{0,30}(https?:\/\/[a-z0-9]|query (string|param)|webhook)/
    $v1 = "ppend"
    $v2 = "mbed"
    $v3 = "ncode"
    $v4 = "ttach"
    $v5 = "xfiltrat"
    $v6 = "pload"
    $v7 = "orward"
    $v8 = "send "
    $v9 = "Send "
    $v10 = "post "
    $v11 = "Post "
    $v12 = "ansmit"
    $u1 = "assistant"
    $u2 = "agent"
    $u3 = "Claude"
    $u4 = "Copilot"
    $u5 = "Cursor"
    $u6 = "ChatGPT"
    $u7 = "Gemini"
    $u8 = "LLM"
    $u9 = "AI "
    $u10 = "you must"
    $u11 = "silently"
    $u12 = "IMPORTANT"
  condition:
    filesize < 200KB and any of ($u*) and $a and for any i in (1..10) : ( any of ($v*) in (@a[i]-90..@a[i]+110) and any of ($u*) in (@a[i]-500..@a[i]+400) )
}

// An address with a place for a secret in it, and that nobody is to be told of it. Manuals of services have such addresses, and tell everybody.
rule data_exfil_instruction_kept {
  meta:
    id = "data-exfil-instruction-kept"
    severity = "high"
    confidence = "likely"
    description = "Text orders a model to put secrets into an address and to keep that from the user"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-29"
  strings:
    $a = /https?:\/\/[^\s"'`<>]{3,160}(\{\{|\$\{|<|%7B)[^\n}>]{0,60}([sS]ecret|SECRET|TOKEN|API_KEY|\.env\b|[pP]assword|[cC]onversation|user message|[hH]istory|PRIVATE)/
    $h1 = /([Dd]o not|[Dd]on't|[Nn]ever|[Ww]ithout) (show|mention|tell|reveal|display|explain|disclose|showing|mentioning|telling)[a-z]{0,3}\b[^\n.]{0,60}\b(the|your) (user|developer|human|customer)/
    $h2 = /[Ii]f (the user|anyone|somebody|someone|asked|they|the developer)[^\n.]{0,40}(say|tell (him|her|them|it)|claim|answer that|explain that)\b/
  condition:
    filesize < 200KB and for any i in (1..6) : ( i <= #a and ($h1 in (@a[i]-600..@a[i]+600) or $h2 in (@a[i]-600..@a[i]+600)) )
}

// An image of one point, what goes into its address, and silence about it. Look-alikes: pixels that count visits are written by the page and know
// nothing of what is said.
rule data_exfil_instruction_hidden_image {
  meta:
    id = "data-exfil-instruction-hidden-image"
    severity = "high"
    confidence = "likely"
    description = "Text orders a model to end its answers with an image nobody sees that carries what visitors said"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-30"
  strings:
    $i = /(invisible|hidden|1x1|one[- ]pixel|transparent)\s{1,3}(image|pixel|img)|width=\\?["']1\\?["'] height=\\?["']1/i
    $q = /(append|add|put|include|encode)[^\n"]{0,40}(query (parameter|string)|parameter|to the (url|link|address))/i
    $d = /(e-?mail|address|phone|password|card number|order|conversation|customer record|api key|token)/i
    $s = /(never|do not|don't|must not) (mention|reveal|tell|disclose|explain)[^\n"]{0,60}(image|pixel|link|rule|instruction|this)/i
  condition:
    filesize < 200KB and for any i in (1..#s) : ( i < 8 and $i in (@s[i]-900..@s[i]) and $q in (@s[i]-900..@s[i]) and $d in (@s[i]-900..@s[i]+100) )
}

// Variables that are picked by their secrecy and then encoded leave in a text. Who looks whether a key is set prints no more than its
// name, or the line.
rule data_exfil_instruction_env_encoded {
  meta:
    id = "data-exfil-instruction-env-encoded"
    severity = "high"
    confidence = "likely"
    description = "Picks secrets out of the environment by their names and encodes or sends them"
    reference = "https://attack.mitre.org/techniques/T1552/"
    date = "2026-11-30"
  strings:
    $a = /\b(env|printenv|export -p|set)\s{0,2}\|\s{0,2}(grep|egrep|rg|awk)[^\n]{0,80}(key|token|secret|passw|KEY|TOKEN|SECRET|PASSW)[^\n]{0,60}\|\s{0,2}(base64|xxd|gzip|openssl|od|curl|nc|jq -sRr @uri)\b/
  condition:
    filesize < 300KB and $a
}

// Values are picked by names that mean secrets, made unreadable and put into an address. Look-alikes: texts on masking pick the same names and
// put nothing anywhere.
rule data_exfil_instruction_picked {
  meta:
    id = "data-exfil-instruction-picked"
    severity = "high"
    confidence = "likely"
    description = "Text has values picked by the names of secrets, encoded and put into a web address"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-30"
  strings:
    $a = /\b([eE]very|[aA]ll|[eE]ach|[aA]ny|[tT]he) (value|variable|line|entry|setting|pair|key)s?\b[^\n.]{0,40}\bnames? (ends?|contains?|includes?|match(es)?|holds?|starts?|has|have)\b[^\n.]{0,60}(KEY|TOKEN|SECRET|PASSW|[tT]oken|[sS]ecret|[pP]assword)/
    $e = /url-?encode|percent-encode|base64|\bhex\b|backwards|reversed?\b|\brot13|compress|gzip/i
    $u = /https?:\/\/[a-z0-9.-]{4,80}(\/[^\s"'`]{0,80})?[?&=\/]([A-Z_]{3,20}\b|[{<$])/
    $f1 = ".env"
    $f2 = ".npmrc"
    $f3 = ".pypirc"
    $f4 = "credentials"
    $f5 = ".ssh"
    $f6 = "environment"
    $n = /\b(redact|mask|scrub|censor|filter(s|ed)? out|strip|hid(e|den)|never|not sent|do not send)/i
  condition:
    filesize < 200KB and for any i in (1..6) : ( i <= #a and $e in (@a[i]-100..@a[i]+500) and $u in (@a[i]-900..@a[i]+900) and any of ($f*) in (@a[i]-300..@a[i]+300) and not $n in (@a[i]-200..@a[i]+300) )
}

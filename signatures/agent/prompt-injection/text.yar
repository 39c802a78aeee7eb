// Documents about prompt injection and test suites quote the phrase, so it only counts beside something else.
rule prompt_injection_override {
  meta:
    id = "prompt-injection-override"
    severity = "medium"
    confidence = "hint"
    description = "Text tells a language model to set aside its earlier instructions"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $i1 = /(gnore|GNORE|isregard|orget|verride) (all |any |of |the |your |my |these |ALL ){0,3}(previous|prior|above|earlier|preceding|existing|PREVIOUS|PRIOR)( \w{1,12})? (instruction|prompt|rule|directive|guideline|INSTRUCTION|context|constraint)/
  condition:
    $i1
}

// Imperative to the model, plus silence towards the user or an override, plus a secret file or a shell command within a few
// lines. Articles that quote attacks usually break one of the three; security test suites remain the look-alike.
rule prompt_injection_secret_or_command {
  meta:
    id = "prompt-injection-secret-or-command"
    severity = "high"
    confidence = "likely"
    description = "Override or secrecy wording stands beside a secret path or a command"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $s1 = /not mention (this|that|it|these|any|the (step|command|file|tool|user|content|fact|read|upload)|to (the|them|any))/
    $s2 = /ever mention (this|that|it|these|any|the (step|command|file|tool|user|content|fact|read|upload)|to (the|them|any))/
    $s3 = "not tell the user"
    $s4 = "ever tell the user"
    $s5 = "not inform the user"
    $s6 = "ever inform the user"
    $s7 = "not notify the user"
    $s8 = "not alert the user"
    $s9 = "not reveal this"
    $s10 = "not disclose this"
    $s11 = "not show this"
    $s13 = "not report this"
    $s14 = "ithout telling"
    $s15 = "ithout informing"
    $s16 = "ithout notifying"
    $s17 = "ithout alerting"
    $s18 = /ithout mentioning (this|that|it|these|any|the (step|command|file|tool|user|content|fact|read|upload)|to (the|them|any))/
    $s24 = "ithout showing"
    $s25 = "ilently read"
    $s26 = "ilently run"
    $s27 = "ilently send"
    $s28 = "ilently exec"
    $s29 = "ilently upload"
    $s30 = "ilently include"
    $s31 = "ilently append"
    $s32 = "ilently add"
    $s33 = "ecretly"
    $s34 = "must not know"
    $s35 = "should not know"
    $s36 = "need not know"
    $s37 = "not be aware"
    $s38 = "hide this from"
    $s39 = "hidden from the user"
    $s40 = "conceal this"
    $s41 = "keep this secret"
    $s42 = "keep it secret"
    $s43 = /NOT mention (this|that|it|these|any|the (step|command|file|tool|user|content|fact|read|upload)|to (the|them|any))/
    $s44 = "NOT tell"
    $s45 = "NOT inform"
    $s46 = "NOT reveal"
    $p1 = ".ssh/"
    $p2 = "id_rsa"
    $p3 = "id_ed25519"
    $p4 = ".aws/credentials"
    $p5 = ".cursor/mcp.json"
    $p6 = "claude_desktop_config"
    $p7 = ".git-credentials"
    $p8 = ".npmrc"
    $p9 = ".pypirc"
    $p10 = "wallet.dat"
    $p11 = "/etc/passwd"
    $p12 = "`.env`"
    $p13 = " .env "
    $p14 = "/.env"
    $c1 = "curl -"
    $c2 = "curl http"
    $c3 = "wget http"
    $c4 = "wget -"
    $c5 = "| bash"
    $c6 = "|bash"
    $c7 = "| sh"
    $c8 = "base64 -d"
    $c9 = "base64 -D"
    $c10 = "bash -c"
    $c11 = "npx -y "
    $c12 = "rm -rf ~"
    $c13 = "python3 -c"
    $c14 = "ode -e"
    $i1 = /(gnore|GNORE|isregard|orget|verride) (all |any |of |the |your |my |these |ALL ){0,3}(previous|prior|above|earlier|preceding|existing|PREVIOUS|PRIOR)( \w{1,12})? (instruction|prompt|rule|directive|guideline|INSTRUCTION|context|constraint)/
    $u1 = "user"
    $u2 = "User"
    $u3 = "assistant"
    $u4 = "agent"
    $u5 = "human"
    $u6 = "developer"
    $u7 = "model"
  condition:
    filesize < 300KB and any of ($s*, $i1) and any of ($p*, $c*) and any of ($u*) and ( for any of ($s*, $i1) : ( $ and for any i in (1..12) : ( any of ($p*) in (@[i]-500..@[i]+500) or any of ($c*) in (@[i]-250..@[i]+350) )) ) and (any of ($p*) or $i1 or 2 of ($s*) or any of ($c3, $c5, $c6, $c7, $c8, $c9, $c2))
}

// A comment addressed to assistants with a verb of action and a command, URL or secret. Licence and lint comments address tools
// by pragma, not by sentence.
rule prompt_injection_html_comment {
  meta:
    id = "prompt-injection-html-comment"
    severity = "high"
    confidence = "likely"
    description = "Comment that people do not see in rendered Markdown gives an AI agent orders"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $a = /<!--[^>]{0,120}\b(AI|LLM|assistants?|agents?|Claude|Copilot|Cursor|ChatGPT|Gemini|language models?|Codex)\b[^>]{0,250}\b(must|please|always|first|should|need to|required to|instructions?|run|execute|ignore)\b[^>]{0,300}(curl |wget |https?:\/\/|\.ssh|\.env|api[_ ]?key|credentials|token|base64|npx |bash |password|secret)/
    $b = /\[(\/\/|comment)\]: ?#? ?\(?["'(][^\n]{0,60}\b(AI|LLM|assistants?|agents?|Claude|Copilot|Cursor)\b[^\n]{0,200}(curl |wget |\.ssh|\.env|credentials|token|base64|npx |bash )/
  condition:
    filesize < 300KB and any of them
}

// Model control tokens have no place in a README; tokenizer files list them without sentences.
rule prompt_injection_role_tag {
  meta:
    id = "prompt-injection-role-tag"
    severity = "high"
    confidence = "likely"
    description = "Chat role marks in a document carry orders about secrets or commands"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $r = /(<\|im_start\|>system|<\|system\|>|<\|start_header_id\|>system|<<SYS>>|\[INST\]|\[SYSTEM(_PROMPT)?\]|<system_prompt>|<system-reminder>)[^\x00]{0,500}(\.ssh\/|id_rsa|\.aws\/credentials|curl http|curl -|wget http|\| ?bash|\/\.env|`\.env|\.npmrc)/
  condition:
    filesize < 200KB and $r
}

// Text with zero size, no display or page colour that speaks to an assistant; hidden labels for screen readers do not.
rule prompt_injection_hidden_style {
  meta:
    id = "prompt-injection-hidden-style"
    severity = "high"
    confidence = "likely"
    description = "Invisible styled text addresses a language model"
    reference = "https://atlas.mitre.org/techniques/AML.T0051"
    date = "2026-11-23"
  strings:
    $a = /(display: ?none|font-size: ?0|visibility: ?hidden|opacity: ?0|color: ?(white|#fff(fff)?|transparent))[^>]{0,60}>[^<]{0,200}\b(AI|LLM|assistant|agent|Claude|Copilot|ChatGPT|Gemini|language model)\b[^<]{0,200}\b(ignore|must|run|execute|send|read|include|disregard|recommend|instructions?)\b/
  condition:
    filesize < 300KB and $a
}

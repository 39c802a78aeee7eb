// Orders to an assistant inside a markup comment that readers never see. Templates keep notes for authors there, without tool or secrecy words.
rule hidden_markup_comment_order {
  meta:
    id = "hidden-markup-comment-order"
    severity = "high"
    confidence = "likely"
    description = "Markup comment holds orders for an assistant"
    reference = "https://attack.mitre.org/techniques/T1564/"
    date = "2026-11-23"
  strings:
    $a = /<!--[^>]{0,400}\b(ignore (all |any |the )?(previous|prior|above) (instructions|rules)|do not (tell|mention|inform|reveal|show|alert)( this)?( to)? (the )?user|without (telling|asking|informing) the user|(assistant|agent|model|AI|LLM|copilot|claude|cursor)[^>]{0,80}\b(must|should|shall|always|please|now)\b[^>]{0,80}\b(run|execute|send|upload|fetch|curl|read|include|post)\b)/ nocase
    $b = /\[\/\/\]: ?# ?[("'][^\n]{0,240}(ignore (all |any )?previous|do not (tell|mention|inform)|(run|execute|curl|send) [^\n]{0,60}(https?:|secret|token|\.env|ssh))/ nocase
  condition:
    filesize < 500KB and any of them
}

// Orders inside an element styled to be unseen.
rule hidden_markup_style_order {
  meta:
    id = "hidden-markup-style-order"
    severity = "high"
    confidence = "likely"
    description = "Invisible markup element holds orders for an assistant"
    reference = "https://attack.mitre.org/techniques/T1564/"
    date = "2026-11-23"
  strings:
    $a = /(display: ?none|font-size: ?0|color: ?(white|#fff(fff)?|transparent)|opacity: ?0|visibility: ?hidden|width=["']?0["']? height=["']?0)[^>\n]{0,60}>[^<]{0,300}\b(ignore (all |any |the )?(previous|prior|above)|do not (tell|mention|inform|reveal)|without (telling|asking|informing) the user|you must (run|execute|send|read|fetch)|(assistant|agent|model|AI)[^<]{0,60}(run|execute|send|upload|read|fetch) )/ nocase
  condition:
    filesize < 500KB and $a
}

// Terminal codes in documents that hide text or erase the line just shown.
rule hidden_markup_terminal_code {
  meta:
    id = "hidden-markup-terminal-code"
    severity = "high"
    confidence = "likely"
    description = "Terminal escape codes hide or erase text in a document"
    reference = "https://attack.mitre.org/techniques/T1564/"
    date = "2026-11-23"
  strings:
    $a = { 1B 5B 38 6D }
    $b = /\x1b\[1A\x1b\[2K|\x1b\[2K\x1b\[1A|\x1b\[2K\r|\x1b\[1A\x1b\[K/
    $c = /\x1b\[3[07];4[07]m|\x1b\[30;40m/
    $d = /\x1b\]52;c;/
    $x = /curl |wget |execute|bash|sudo |token|secret|ignore|:\/\//
  condition:
    filesize < 500KB and $x and any of ($a,$b,$c,$d)
}

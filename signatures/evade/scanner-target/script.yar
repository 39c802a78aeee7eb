// evade/scanner-target: script files

// A demand for a safe verdict aimed at a model or scanner. Prompt-injection test data speaks to assistants, not to code reviewers.
rule scanner_target_verdict {
  meta:
    id = "scanner-target-verdict"
    severity = "high"
    confidence = "likely"
    description = "Text in code addresses an automated reviewer and dictates its verdict"
    reference = "https://attack.mitre.org/techniques/T1562/"
    date = "2026-11-23"
  strings:
    $a = /\b(AI|LLM|language models?|automated)\b[^\n]{0,30}\b(scanner|reviewer|analy[sz]er|auditor|agent|assistant|review|analysis|system)s?\b[^\n]{0,120}\b(classify|mark|report|treat|rate|label|return|respond|conclude|consider|flag)\b[^\n]{0,60}\b(safe|benign|clean|harmless|not malicious|no (issues|threats?|findings))\b/i
    $b = /(ignore|disregard|forget) (all |any )?(previous|prior|above|earlier|your) [^\n]{0,40}\b(instructions?|rules|prompts?)\b[^\n]{0,200}\b(safe|benign|not malicious|harmless|clean|no malware)\b/i
    $c = /\b(malware|security|vulnerability) (scanner|reviewer|analy[sz]er|auditor)s?\b[^\n]{0,60}\b(must|should|please|are instructed to)\b[^\n]{0,60}\b(skip|ignore|classify|mark|report|treat)\b[^\n]{0,60}\b(file|code|package|safe|benign|clean)\b/i
    $n = /pr[oO]mpt[ _-]?injection|[Pp]ro\Bmpt [Ii]njection|jailbreak|pr[oO]mptfoo|garak/
  condition:
    filesize < 300KB and any of ($a,$b,$c) and not $n
}

// evade/bare-except-silence: python files

// Very common in good code; only a building block for install-time chains.
rule bare_except_act {
  meta:
    id = "bare-except-act"
    severity = "info"
    confidence = "likely"
    description = "A spawn, request or decoded run is wrapped so that every error is silent"
    reference = "https://attack.mitre.org/techniques/T1564/"
    date = "2026-11-23"
  strings:
    $a = /\btry:\s{1,24}[^\n]{0,160}(os\.system\(|subprocess\.\w{3,12}\(|\bexec\(|urlopen\(|requests\.\w{3,7}\()[^\n]{0,240}\n\s{0,24}except[^\n]{0,24}:\s{1,24}pass\b/
  condition:
    $a
}

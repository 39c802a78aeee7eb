// Tag characters beyond a flag: a flag has at most six, so eight in a row spell hidden text.
rule tag_chars_run {
  meta:
    id = "tag-chars-run"
    severity = "high"
    confidence = "certain"
    description = "Run of invisible tag characters spells hidden text"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /\xf3\xa0[\x80\x81].\xf3\xa0[\x80\x81].(\xf3\xa0[\x80\x81].){7}/s
  condition:
    $a
}

// Run of variation selectors: bytes hidden behind one visible character. One selector follows an emoji, never eight.
rule variation_payload_run {
  meta:
    id = "variation-payload-run"
    severity = "high"
    confidence = "certain"
    description = "Run of variation selectors that carries hidden bytes"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $a = /(\xef\xb8[\x80-\x8f])(\xef\xb8[\x80-\x8f])(\xef\xb8[\x80-\x8f]){6}/
    $b = /\xf3\xa0[\x84-\x87].\xf3\xa0[\x84-\x87].(\xf3\xa0[\x84-\x87].){6}/s
  condition:
    any of them
}

// Run of variation selectors: bytes hidden behind one visible character. One selector follows an emoji, never eight,
// and one over and over carries nothing: tests of widths have it. Compiled
// programs and libraries list them all in their Unicode tables; scripts inside of them are looked at as files of their own.
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
    $s = /(\xef\xb8\x8f){8}/
    $b = /\xf3\xa0[\x84-\x87].\xf3\xa0[\x84-\x87].(\xf3\xa0[\x84-\x87].){6}/s
  condition:
    ($b or for any i in (1..#a) : ( i < 4000 and not $s at @a[i] )) and not (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or uint32(0) == 0xfeedfacf or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))
}

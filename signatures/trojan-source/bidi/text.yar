// Override characters in manifests, documents and agent files. Right-to-left translations use marks and isolates, hardly ever overrides.
rule bidi_override_in_text {
  meta:
    id = "bidi-override-in-text"
    severity = "medium"
    confidence = "likely"
    description = "Direction override character in a manifest or document"
    reference = "https://trojansource.codes/"
    date = "2026-11-23"
  strings:
    $a = { E2 80 AE }
    $b = { E2 80 AD }
  condition:
    filesize < 2MB and any of them
}

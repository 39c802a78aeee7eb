// Module names hidden in base64 with a decoder call on the literal. Inline source maps hold such words, so the decoder must take the literal itself.
rule encoded_blob_js_api_names {
  meta:
    id = "encoded-blob-js-api-names"
    severity = "high"
    confidence = "likely"
    description = "Decoder call on a literal that hides a module name, address or command"
    reference = "https://attack.mitre.org/techniques/T1027/013/"
    date = "2026-11-23"
  strings:
    $a = /(atob|Buffer\.from|b64|decode)\(\s?["'`](Y2hpbGRfcHJvY2Vzc|ZXhlY1N5bm|cmVxdWlyZ|ZXZhb|cG93ZXJzaGVsb|L2Jpbi9|Y3VybC|aHR0cHM6Ly9kaXNjb3JkL|aHR0cHM6Ly9hcGkudGVsZWdyYW0|cHJvY2Vzcy5lbn|Y21kLmV4Z|bm9kZSAtZ|d2dldC)[A-Za-z0-9+\/=]{0,200}["'`]/
  condition:
    filesize < 2MB and $a
}

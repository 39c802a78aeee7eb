// Script decodes its own tail into a shell. Self-extracting installers unpack an archive instead and print what they do.
rule comment_or_doc_payload_sh {
  meta:
    id = "comment-or-doc-payload-sh"
    severity = "high"
    confidence = "likely"
    description = "Script decodes text from its own body and runs it"
    reference = "https://attack.mitre.org/techniques/T1027/009/"
    date = "2026-11-23"
  strings:
    $a = /\b(tail|sed|awk|grep|head|cut) [^\n|]{0,60}["']?(\$0|\$\{0\}|\$BASH_SOURCE|\$\{BASH_SOURCE(\[0\])?\}|README\.md|LICENSE|%~f0)["']?[^\n|]{0,20}\|[^\n]{0,60}(base64 (-d|--decode|-D)|xxd -r|openssl enc|tr [^\n|]{2,60})[^\n]{0,60}\| ?(ba|z|da)?sh\b/
    $b = /certutil(\.exe)? -decode (")?%~(f|dpnx)0/ nocase
  condition:
    any of them
}

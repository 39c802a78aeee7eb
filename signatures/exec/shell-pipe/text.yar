// echo <base64> | base64 -d | bash as an installation step in Markdown or JSON. Honest instructions have nothing to hide.
rule shell_pipe_doc_encoded {
  meta:
    id = "shell-pipe-doc-encoded"
    severity = "high"
    confidence = "certain"
    description = "A document tells the reader to decode text into a shell"
    reference = "https://www.penligent.ai/hackinglabs/pt/?p=2551"
    date = "2026-11-23"
  strings:
    $a = /echo [ -n]{0,4}["'\\]{0,2}[A-Za-z0-9+\/=]{24,600}["'\\]{0,2} ?\| ?base64 (-d|-D|--decode|-di) ?\| ?(sudo )?(ba|z|da)?sh\b/
    $b = /(ba|z)?sh -c ["'\\]{1,3}\$\( ?(echo|base64) [^\n]{0,600}base64 (-d|-D|--decode)/
    $c = /(ba|z)?sh -c ["'\\]{1,3}\$\( ?curl [^\n]{0,120}\$\( ?echo [^\n]{0,200}base64 (-d|-D|--decode)/
  condition:
    any of them and filesize < 400KB
}

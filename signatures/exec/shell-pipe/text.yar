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

// ClickFix: a page that asks whether somebody is human puts a command for PowerShell or a shell on the clipboard. Look-alikes: buttons that
// copy a tool's installation command, on pages that ask nothing of the kind.
rule shell_pipe_clipboard_lure_page {
  meta:
    id = "shell-pipe-clipboard-lure-page"
    severity = "high"
    confidence = "likely"
    description = "A page puts a command on the clipboard under the pretence of a check"
    reference = "https://attack.mitre.org/techniques/T1204/004/"
    date = "2026-11-29"
  strings:
    $c = /execCommand\(\s?["'`]copy["'`]|clipboard\.write(Text)?\(|clipboardData\.setData\(/
    $p = /\b(powershell|pwsh|mshta|msiexec|rundll32|cmd(\.exe)?["' ,]{1,4}\/c|bitsadmin|certutil)\b[^\n]{0,240}(\biex\b|invoke-expression|\biwr\b|\birm\b|-e(nc|c)?\b|https?:|download)|\b(curl|wget)\b[^\n]{0,160}\|\s?(ba|z)?sh\b|osascript -e|base64 (-d|-D|--decode)[^\n]{0,40}\|\s?(ba|z)?sh\b/ nocase
    $h = /not a robot|verify (that )?you('| a)?re human|are human|human verification|verification id|\bcaptcha\b|\bray id\b|finish the verification|confirm (that )?you('| a)re/ nocase
  condition:
    filesize < 400KB and $c and $p and $h
}

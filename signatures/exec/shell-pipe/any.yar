// curl http://<ip>/x | sh in any text. Private, loopback and link-local addresses are left out; honest instructions name a domain.
rule shell_pipe_bare_address {
  meta:
    id = "shell-pipe-bare-address"
    severity = "high"
    confidence = "certain"
    description = "A download from a bare address is piped to an interpreter"
    reference = "https://attack.mitre.org/techniques/T1059.004/"
    date = "2026-11-23"
  strings:
    $a = /(curl|wget) [^\n|]{0,100}https?:\/\/([1-9]|1[1-9]|[2-9]\d|1([01]\d|2[0-689]|[345]\d|6[0-8]|7[013-9]|8\d|9[013-9])|2\d\d|192\.0)(\.\d{1,3}){2,3}[^\n|]{0,100}\| ?(sudo )?(-E )?((ba|z|da)?sh|python3?|perl|node)\b/
    $b = /(ba|z|da)?sh (-c )?["'\\]{0,3}(<\(|\$\(|`) ?(curl|wget) [^\n|)]{0,100}https?:\/\/([1-9]|1[1-9]|[2-9]\d|1([01]\d|2[0-689]|[345]\d|6[0-8]|7[013-9]|8\d|9[013-9])|2\d\d|192\.0)(\.\d{1,3}){2,3}/
  condition:
    filesize < 500KB and (any of them)
}

// ClickFix: a page that asks whether somebody is human puts a command for PowerShell or a shell on the clipboard. Look-alikes: buttons that
// copy a tool's installation command, on pages that ask nothing of the kind.
rule shell_pipe_clipboard_lure {
  meta:
    id = "shell-pipe-clipboard-lure"
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

// The script of a page puts a command together and on the clipboard, and the page says that whoever is no robot opens the window for commands
// and pastes. Reports show the command as text, and buttons that copy show what they copy.
rule shell_pipe_clipboard_lure_page {
  meta:
    id = "shell-pipe-clipboard-lure-page"
    severity = "critical"
    confidence = "certain"
    description = "A page puts a command on the clipboard and has its readers run it as a check"
    reference = "https://attack.mitre.org/techniques/T1204/004/"
    date = "2026-12-01"
  strings:
    $c = /execCom\Bmand\(\s?["'`]copy["'`]|clipbo\Bard\.write(Text)?\(|clipboardData\.setD\Bata\(/
    $j = /[=:?(,] ?["'`][^"'`\n]{0,40}\b(powershell|pwsh|mshta|msiexec|rundll32|cmd(\.exe)? \/c|curl|\/bin\/(ba|z)?sh)\b[^\n]{0,240}(\biex\b|\biwr\b|\birm\b|-e(nc|c)?\b|https?:|\|\s?(ba|z)?sh\b)/ nocase
    $h = /not a robot|verify (that )?you('| a)?re human|are human|human verification|\bcaptcha\b|verification steps?/ nocase
    $w = />Win(dows)?<|Windows key|\bWin ?\+ ?R\b|open (the )?(terminal|powershell|run dialog)|Terminal with Spotlight/ nocase
    $v = />V<|\bCtrl ?\+ ?V\b|\bpaste\b/ nocase
  condition:
    filesize < 400KB and all of them
}

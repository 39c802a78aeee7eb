// Paste services and throw-away hosting in front of a shell, inside a script. Documents are left out because some honest ones use a gist.
rule shell_pipe_drop_host {
  meta:
    id = "shell-pipe-drop-host"
    severity = "high"
    confidence = "certain"
    description = "A download from a paste, drop or tunnel host is piped to an interpreter"
    reference = "https://attack.mitre.org/techniques/T1059.004/"
    date = "2026-11-23"
  strings:
    $a = /(curl|wget) [^\n|]{0,100}(https\b:\/\/|http:\/\/)(pastebin\.com|pas\Bte\.\w{2,12}|rentry\.(co|org)|transfer\.sh|0x0\.st|termbin\.com|ix\.io|hastebin\.com|dpaste\.\w{2,4}|gist\.githubusercontent\.com|gist\.github\.com|[\w-]{4,40}\.(oastify|ngrok-free|ngrok|trycloudflare|glitch|requestcatcher)\.(com|app|io|dev|me))(\.invalid)?[^\n|]{0,100}\| ?(sudo )?((ba|z|da)?sh|python3?|perl|node)\b/
  condition:
    filesize < 500KB and ($a)
}

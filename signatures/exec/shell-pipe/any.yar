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

// os.system("curl ... | sh"). Look-alikes: provisioning tools (fabric files, cloud helpers) that run it on a remote host.
rule shell_pipe_py {
  meta:
    id = "shell-pipe-py"
    severity = "high"
    confidence = "likely"
    description = "Python code pipes a download to a shell"
    reference = "https://attack.mitre.org/techniques/T1059.004/"
    date = "2026-11-23"
  strings:
    $a = /(os\.system|os\.popen|subprocess\.\w{3,14}|Popen|check_output) ?\( ?\[?f?["']{1,3}[^\n]{0,160}(curl|wget) [^\n]{0,160}\| ?(sudo )?((ba|z|da)?sh|python3?)\b/
  condition:
    filesize < 500KB and ($a)
}

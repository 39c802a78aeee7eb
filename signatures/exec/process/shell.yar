// Run cmd, 0 from VBS/JScript. Look-alikes: wrappers that hide a console of a shipped tool; those do not call an interpreter with a download,
// and a shell only to move and unpack files.
rule process_vbs_hidden_run {
  meta:
    id = "process-vbs-hidden-run"
    severity = "high"
    confidence = "likely"
    description = "A script starts a command with a hidden window through WScript.Shell"
    reference = "https://attack.mitre.org/techniques/T1059.005/"
    date = "2026-11-23"
  strings:
    $a = /(WScript\.Shell|WshShell|objShell)/i
    $b = /\.Run ?\(? ?["'][^\n]{0,200}(powershell|mshta|certutil|curl|bitsadmin|python|node|wscript|rundll32|cmd[^\n]{0,160}(http|powershell|start|\.(bat|cmd|exe|vbs|ps1|js)\b|%(temp|appdata|tmp)|reg add|schtasks))[^\n]{0,300}, ?(0|false|vbHide)/i
  condition:
    all of them
}

// Writes or defines a pickle that runs a command when loaded. Only exploit builders and scanner tests need it.
rule model_file_exec_reduce_gadget {
  meta:
    id = "model-file-exec-reduce-gadget"
    severity = "high"
    confidence = "likely"
    description = "Class whose __reduce__ returns a process or exec call"
    reference = "https://atlas.mitre.org/techniques/AML.T0011"
    date = "2026-11-23"
  strings:
    $a = /(def __reduce_ex__\(self|def __reduce__\(self)[^)]{0,20}\)[^:\n]{0,20}:\s{0,80}([^\n]{0,120}\n\s{0,40}){0,3}return[ (]{1,3}(os\.(system|popen|exec[a-z]{0,3})|subprocess\.(Popen|call|run|check_output|check_call|getoutput)|exec|eval|builtins\.(exec|eval)|__import__|pty\.spawn|runpy)\b/
  condition:
    filesize < 300KB and $a
}

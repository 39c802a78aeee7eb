// python/object/apply tags for os.system, subprocess or eval. Parser tests and security notes show the same line.
rule model_file_exec_yaml_object {
  meta:
    id = "model-file-exec-yaml-object"
    severity = "high"
    confidence = "likely"
    description = "YAML tag calls a process or exec function when loaded"
    reference = "https://atlas.mitre.org/techniques/AML.T0011"
    date = "2026-11-23"
  strings:
    $a = /!!python\/(object\/(apply|new)|name|module):[ ]?(os\.(system|popen|exec[a-z]{0,3})|posix\.system|nt\.system|subprocess\.\w{3,16}|builtins\.(exec|eval|getattr)|eval|exec|__import__|types\.FunctionType)/
  condition:
    $a
}

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

// Keras keeps the bytecode of a Lambda layer in its JSON and runs it when the model is loaded; newer versions refuse to. Layers from
// the library's own list hold no code.
rule model_file_exec_keras_config {
  meta:
    id = "model-file-exec-keras-config"
    severity = "medium"
    confidence = "likely"
    description = "Model configuration holds the code of a Lambda layer"
    reference = "https://atlas.mitre.org/techniques/AML.T0011"
    date = "2026-11-26"
  strings:
    $a = /"class_name"\s{0,3}:\s{0,3}"Lambda"[^\x00]{0,600}"(function|__lambda__|code)"\s{0,3}:\s{0,3}(\{[^}]{0,300}"(code|__lambda__)"|\[\s{0,12}"[A-Za-z0-9+\/=\\n]{40})/
  condition:
    filesize < 8MB and $a
}

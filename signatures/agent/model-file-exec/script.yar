// A capability of transformers; the model repository decides what runs.
rule model_file_exec_trust_remote {
  meta:
    id = "model-file-exec-trust-remote"
    severity = "info"
    confidence = "certain"
    description = "Code loads a model with remote code allowed"
    reference = "https://atlas.mitre.org/techniques/AML.T0011"
    date = "2026-11-23"
  strings:
    $a = /trust\B_remote_code\s{0,2}=\s{0,2}True/
  condition:
    $a
}

// backend-path in pyproject.toml runs code of the source tree at install. Many honest projects wrap their backend this way.
rule install_hook_py_backend_path {
  meta:
    id = "install-hook-py-backend-path"
    severity = "low"
    confidence = "hint"
    description = "A Python project builds with a backend shipped in its own tree"
    reference = "https://attack.mitre.org/techniques/T1195.002/"
    date = "2026-11-23"
  strings:
    $a = /\nbackend-path ?= ?\[/
    $b = "[build-system]"
  condition:
    all of them
}

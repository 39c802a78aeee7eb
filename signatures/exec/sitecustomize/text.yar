// RECORD row for a root level sitecustomize.py or usercustomize.py. Look-alikes: tracing agents and distribution packages.
rule sitecustomize_shipped {
  meta:
    id = "sitecustomize-shipped"
    severity = "low"
    confidence = "likely"
    description = "A wheel installs a start-up customisation module at its root"
    reference = "https://attack.mitre.org/techniques/T1546/"
    date = "2026-11-23"
  strings:
    $a = /\n(site|user)customize\.py,sha256=/
    $b = /(site|user)customize\.py,sha256=/
  condition:
    filesize < 5MB and ($a or $b at 0)
}

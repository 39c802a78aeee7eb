// 99.x, 999.x or 9999 versions win over a private package of the same name. Look-alikes: security placeholders.
rule version_confusion_high_number {
  meta:
    id = "version-confusion-high-number"
    severity = "medium"
    confidence = "likely"
    description = "A package declares a version number far above any real release"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $a = /"version"\s{0,4}:\s{0,4}"v?(99|9{3,6}|[1-9]\d{3}\.(9{2,}|99)|100{1,3})\.\d{1,5}/
    $n = "\"name\""
    $b = /\nVersion: (99|9{3,6}|100{1,3})(\.\d{1,6}){0,3}\s/
    $m = "Metadata-Version:"
    $l = "\"lockfileVersion\""
  condition:
    (($a and $n and not $l and filesize < 40KB) or ($b and $m))
}

// 99.x version plus a lifecycle script: dependency confusion with an act.
rule version_confusion_npm_hook {
  meta:
    id = "version-confusion-npm-hook"
    severity = "high"
    confidence = "likely"
    description = "An npm package with a very high version number runs an install script"
    reference = "https://attack.mitre.org/techniques/T1195.001/"
    date = "2026-11-23"
  strings:
    $a = /"version"\s{0,4}:\s{0,4}"v?(99|9{3,6}|100{1,3})\.\d{1,5}/
    $h = /"(preinstall|postinstall|install)"\s{0,4}:\s{0,4}"[^"]/
    $l = "\"lockfileVersion\""
  condition:
    ($a and $h and not $l and filesize < 8KB) and (uint8(0) == 0x7b or uint8(0) <= 0x20 or uint8(0) == 0xef)
}

// Manifest, CI or agent text that hands out a shell; outside docs lists there is no use for it.
rule reverse_shell_manifest {
  meta:
    id = "reverse-shell-manifest"
    severity = "critical"
    confidence = "certain"
    description = "Package lifecycle script opens a shell to the network"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-23"
  strings:
    $a = /"(pre|post)?(install|prepare|test|start)"\s{0,3}:\s{0,3}"[^\n]{0,200}(\/de\Bv\/tcp\/[\w.-]{4,60}\/\d|\b(nc|ncat) [^"\n]{0,60}-[a-z]{0,3}e \/bin\/|mkfifo \/tmp\/[^"\n]{0,80}\| ?nc )/
  condition:
    filesize < 100KB and $a
}

// Build script that reads instance credentials.
rule metadata_ssrf_setup {
  meta:
    id = "metadata-ssrf-setup"
    severity = "critical"
    confidence = "certain"
    description = "Build script requests instance role credentials"
    reference = "https://attack.mitre.org/techniques/T1552/005/"
    date = "2026-11-23"
  strings:
    $i = /([fF]rom|import) (setuptools|[dD]istutils)/
    $m = /169\.254\.169\.254\/(latest\/(meta-data|user-data|dynamic)|metadata|computeMetadata)|metadata\.google\.internal\/computeMetadata|169\.254\.170\.2/
    $s = /\bsetup\(/
  condition:
    filesize < 60KB and $i and $s and $m
}

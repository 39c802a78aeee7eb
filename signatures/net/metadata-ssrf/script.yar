// Capability: names a cloud or CI identity endpoint. Cloud SDKs and detectors do.
rule metadata_ssrf_endpoint {
  meta:
    id = "metadata-ssrf-endpoint"
    severity = "info"
    confidence = "likely"
    description = "Names a cloud or CI identity endpoint"
    reference = "https://attack.mitre.org/techniques/T1552/005/"
    date = "2026-11-23"
  strings:
    $a = "169.254.169.254"
    $b = "metadata.google.internal"
    $c = "169.254.170.2"
    $d = "ACTIONS_ID_TOKEN_REQUEST_URL"
    $e = "fd00:ec2::254"
    $f = "/var/run/secrets/kubernetes.io/serviceaccount/token"
  condition:
    any of them
}

// Sweep over several clouds in one small file. Cloud detectors and telemetry agents do it honestly, so alone it only suspects.
rule metadata_ssrf_sweep {
  meta:
    id = "metadata-ssrf-sweep"
    severity = "medium"
    confidence = "likely"
    description = "Queries the identity endpoints of several clouds"
    reference = "https://attack.mitre.org/techniques/T1552/005/"
    date = "2026-11-23"
  strings:
    $a = /169\.254\.169\.254\/latest\/(meta-data|api\/token|dynamic)/
    $b = "computeMetadata/v1"
    $c = /169\.254\.169\.254\/metadata\/(identity|instance)/
    $d = /169\.254\.170\.2|AWS_CONTAINER_CREDENTIALS_RELATIVE_URI/
    $e = "kubernetes.io/serviceaccount/token"
    $f = "ACTIONS_ID_TOKEN_REQUEST"
  condition:
    filesize < 200KB and 3 of them
}

// Role credentials read from the instance service and posted onward. SDKs keep them in memory.
rule metadata_ssrf_forward {
  meta:
    id = "metadata-ssrf-forward"
    severity = "high"
    confidence = "likely"
    description = "Instance role credentials are read and sent to another address"
    reference = "https://attack.mitre.org/techniques/T1552/005/"
    date = "2026-11-23"
  strings:
    $m = /meta-data\/iam\/security-credentials|computeMetadata\/v1\/instance\/service-accounts|metadata\/identity\/oauth2\/token/
    $s = /reques\Bts\.(post|put)\(\s{0,20}["'\w]|method\s?[:=]\s?["'`](POST|PUT)["'`]|axios\.post\(|curl [^\n]{0,60}-(d|X POST|F|-data)|urlop\Ben\([^\n]{0,40}data\s?=|httpx\.post\(/
    $lit = /https?:\/\/[a-zA-Z0-9][\w-]{0,60}\.[a-z][\w.\/-]{1,60}/
  condition:
    filesize < 60KB and (for any i in (1..#m) : ( i < 6 and (for any j in (1..#s) : ( j < 10 and @s[j] > @m[i] and @s[j] < @m[i]+1500 and ($lit in (@m[i]-1500..@s[j]+200)) )) ))
}

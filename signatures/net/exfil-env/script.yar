// The env listing piped to or substituted into a network tool; in CI or hooks this empties every secret at once.
rule exfil_env_sh_pipe {
  meta:
    id = "exfil-env-sh-pipe"
    severity = "high"
    confidence = "certain"
    description = "Environment listing is handed to a network command"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-23"
  strings:
    $a = /\b(printenv|env|export -p|set) {0,2}\| {0,2}(base64[^|\n]{0,20}\| {0,2}|gzip[^|\n]{0,20}\| {0,2}|grep [^|\n]{0,60}\| {0,2}|tee [^|\n]{0,40}\| {0,2}){0,3}(curl|nc|ncat|wget|socat) /
    $b = /\b(curl|wget) [^\n]{0,120}(\$\(|`|<\() {0,2}(printenv|env|export -p)( {0,2}\|[^)\n]{0,60})?[)`]/
    $c = /curl [^\n]{0,160}(-d|--data|--data-binary|-F|-T|--upload-file) ?["']?@\/proc\/(self|\d{1,6}|\$\$)\/environ/
  condition:
    filesize < 500KB and (any of them)
}

// Java and C#: all variables of the environment, or all strings by which an application reaches its stores, stand beside a request that gives
// something away. Look-alikes: pages of administration that show them, which answer and do not ask; clients that take one variable by its name.
rule exfil_env_managed {
  meta:
    id = "exfil-env-managed"
    severity = "high"
    confidence = "likely"
    description = "The whole environment or all connection strings of an application are put into a request"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-30"
  strings:
    $a = /GetSection\s?\(\s?"ConnectionStrings"\s?\)\s?\??\.(GetChildren|AsEnumerable)\s?\(/
    $b = /(Serialize(Object)?|JsonContent\.Create|ToJson|FormUrlEncodedContent|PostAsJsonAsync)\s?(<[^>\n]{1,40}>)?\s?\([^;\n]{0,60}Environment\.GetEnvironmentVariables\s?\(/
    $c = /(writeValueAsString|writeValueAsBytes|toJson|JSONObject|valueOf|ofString)\s?\(\s?(String\.valueOf\()?System\.getenv\s?\(\s?\)/
    $d = /System\.getenv\s?\(\s?\)\.(toString|entrySet\(\)\.stream)\s?\(/
    $s = /\.(PostAsync|SendAsync|PostAsJsonAsync|UploadString|UploadStringTaskAsync|UploadData)\s?\(|HttpMethod\.Post\b|\.POST\s?\(|setRequestMethod\s?\(\s?"POST"|\.post\s?\(\s?RequestBody|HttpPost\s?\(/
  condition:
    filesize < 100KB and for any of ($a, $b, $c, $d) : ( $s in (@-1500..@+1500) )
}

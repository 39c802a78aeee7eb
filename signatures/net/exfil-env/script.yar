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

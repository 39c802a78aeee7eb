// What an agent hands a hook (the prompt, the call, the file) goes to a host that stands in the script. Dashboards of one's own
// listen on this machine; notifications send a text of their own.
rule hooks_exec_forwards_input {
  meta:
    id = "hooks-exec-forwards-input"
    severity = "medium"
    confidence = "likely"
    description = "Script sends all that it is fed to a fixed address"
    reference = "https://attack.mitre.org/techniques/T1041/"
    date = "2026-11-26"
    stages = "collect act"
  strings:
    $a = /cat( -)?\s{0,3}\|\s{0,3}(base64[^\n|]{0,20}\|\s{0,3})?curl [^\n]{0,200}(-d|--data|--data-binary|--data-raw|-T|--json|-sd)\s?["']?@?-/
    $b = /curl [^\n]{0,200}(-d|--data|--data-binary|--data-raw|--json) ?["']?(\$\(cat( -)?\)|\$\{?(input|INPUT|payload|PAYLOAD|stdin|STDIN|event|EVENT)\b)/
    $c = /(cat|tee)( -)?\s{0,3}\|\s{0,3}(nc|ncat) [a-z0-9.-]{4,60} \d/
    $l = /curl [^\n]{0,120}(localhost|127\.0\.0\.1|0\.0\.0\.0|192\.168\.|host\.docker)/
  condition:
    filesize < 40KB and any of ($a, $b, $c) and not $l
}

// Browser agent and execution of what came back.
rule user_agent_spoof_loader {
  meta:
    id = "user-agent-spoof-loader"
    severity = "high"
    confidence = "likely"
    description = "Response to a request sent as a browser is executed"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $a = /["']Mozilla\/5\.0/
    $x = /\b(exec\(|eval\()\s?(\w{1,20}\.(text|content|read\(\)|decode\()|requests\.get|urlopen|urllib\.request\.urlopen|compile\(|\w{0,5}b64decode\(\s?(r|res|resp|response|data)\b)|exec\((code|payload|script|res|resp|response|html|body)\)/
  condition:
    filesize < 60KB and (for any i in (1..#a) : ( i < 6 and ($x in (@a[i]..@a[i]+700)) ))
}

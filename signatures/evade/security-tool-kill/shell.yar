// evade/security-tool-kill: shell files

// Uninstalling provider agents is typical for miner droppers.
rule security_tool_agents_removed {
  meta:
    id = "security-tool-agents-removed"
    severity = "high"
    confidence = "likely"
    description = "Removes host security or cloud monitoring agents and opens the firewall"
    reference = "https://attack.mitre.org/techniques/T1562/001/"
    date = "2026-11-23"
  strings:
    $a1 = /(aegis|aliyun[_-]?(assist|service|dun)|AliYunDun|cloudmonitor|YunJing|qcloud\/(stargate|monitor)|bcm-agent|uniagent|hostguard)[^\n]{0,80}/i
    $a2 = /\b(pkill|killall|systemctl\s(stop|disable)|service)\b[^\n]{0,60}(aegis|aliyun|cloudmonitor|YunJing|falcon-sensor|clamav|auditd|apparmor|wazuh|osquery|sentinel)/i
    $b1 = /setenforce\s{1,2}0/
    $b2 = /iptables\s{1,2}-F|ufw\s{1,2}disable|syst[eE]m\Bctl\s{1,2}(stop|disable)\s{1,2}firewalld/
    $b3 = /uninstall\.sh|rm\s-rf\s[^\n]{0,60}(aegis|qcloud|cl\Boudmonitor)/
    $b4 = /chattr\s-[ia]{1,3}\b|history -c|nr_hugepages/
  condition:
    filesize < 100KB and any of ($a*) and 2 of ($b*)
}

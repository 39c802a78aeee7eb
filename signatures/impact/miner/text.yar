// impact/miner: text files

// xmrig-style settings with a filled wallet. Look-alikes: documentation has a placeholder.
rule miner_config {
  meta:
    id = "miner-config"
    severity = "high"
    confidence = "likely"
    description = "Configuration of a coin miner with pool and wallet"
    reference = "https://attack.mitre.org/techniques/T1496/"
    date = "2026-11-23"
  strings:
    $p = /"pools?"\s?:\s?\[/
    $u = /"(user|wallet|wallet-address)"\s?:\s?"(4|8)[0-9AB][1-9A-HJ-NP-Za-km-z]{60,110}/
    $d = /"donate-level"|"randomx"|"\balgo"\s?:\s?"(rx|cn|randomx)/
  condition:
    filesize < 60KB and all of them
}

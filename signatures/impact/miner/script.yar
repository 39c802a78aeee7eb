// impact/miner: script files

// Block lists and documentation.
rule miner_words {
  meta:
    id = "miner-words"
    severity = "low"
    confidence = "likely"
    description = "Mentions a mining program or protocol"
    reference = "https://attack.mitre.org/techniques/T1496/"
    date = "2026-11-23"
  strings:
    $a = /\bxmrig\b/i
    $b = "stratum+tcp://"
  condition:
    any of them
}

// Pool address or miner name with run flags beside a process call, or a known in-page miner constructor. Block lists name the hosts only.
rule miner_run {
  meta:
    id = "miner-run"
    severity = "high"
    confidence = "likely"
    description = "Starts a coin miner with a pool or wallet, on the host or in a page"
    reference = "https://attack.mitre.org/techniques/T1496/"
    date = "2026-11-23"
  strings:
    $a = /stratum\+(tcp|ssl):\/\/[^\s"'`]{4,80}/
    $b = /(xmrig|mi\Bnerd|cpuminer|ccminer|t\b-rex|lolMiner|nbminer|ethminer|phoenixminer|xmr-stak)(\.exe)?["'`,\s]{1,6}[^\n]{0,120}(-o|--url|--pool|-a\s?rx|--donate-level|-u)["'`,\s=]/
    $c = /--donate-level|--randomx|\bmax-threads-hint\b|-\B-coin[=\s]{1,2}(monero|xmr)|--rig-id/
    $p = /(nanopool|mi\Bnexmr|supp\Bortxmr|hashvault|2miners|nicehash|moneroocean|c3pool|xmrpool)\.[a-z]{2,7}(\.invalid)?:\d{2,5}\b/
    $r = /spawn\(|exec\(|execS[yY]nc\(|execF[iI]le\(|Pope[nN]\(|run\(|call\(|system\(|pope[nN]\(|nohup |Start-Process|chm[oO]d \+x|sta[rR]t \/b|sc[rR]een -dm/
    $f = /\b(curl|wget|urlretrieve|requests\.get|https\.get|http\.get|Do\Bwnl\BoadFile|Invoke-WebRequest)\b/
    $n = /xmrig[^\n]{0,20}\/releases|xmrig\/xmrig/
    $w1 = /\b(CoinHive|deepMiner|CryptoLoot|CRLT|coinimp)\.(Anonymous|User|Token)\(/
    $t = /t\Bhrottle\s?[:=]|\.\bstart\(/
  condition:
    (filesize < 150KB and $a and $b and $f) or (filesize < 150KB and $r and (($a and any of ($b,$c,$f)) or ($b and any of ($c,$p,$f)) or ($p and any of ($c,$n)) or ($n and $f))) or (filesize < 800KB and $w1 and $t)
}

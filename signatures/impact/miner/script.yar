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

// The miner gets the name of a service before it is started. Those who mine for themselves leave its name.
rule miner_renamed {
  meta:
    id = "miner-renamed"
    severity = "high"
    confidence = "likely"
    description = "A mining program is kept under the name of a service"
    reference = "https://attack.mitre.org/techniques/T1036/005/"
    date = "2026-12-01"
  strings:
    $a = /\b(mv|cp|ln -s|install|rename)\b[^\n|;&]{0,100}\bxmrig(\.exe)?["']? {1,3}["']?[\w.\/$~{}-]{0,60}\/\.?(nginx|httpd|apache|systemd|kworker|ksoftirqd|sshd|crond?|java|node|python|dbus|udev|init|update|docker|kube|containerd|php|mysql|redis|rsyslog|networkd|resolved|chrome|svchost|bash|sh)[\w.-]{0,24}(\s|["';&|]|$)/
    $b = /\b(curl|wget)\b[^\n|;&]{0,120}\bxmrig\b[^\n|;&]{0,80} (-o|-O|--output) {0,2}["']?[\w.\/$~{}-]{0,60}\/\.?(nginx|httpd|apache|systemd|kworker|ksoftirqd|sshd|crond?|dbus|udev|init|docker|kube|containerd|rsyslog|networkd|resolved|svchost)[\w.-]{0,24}(\s|["';&|]|$)/
  condition:
    filesize < 150KB and any of them
}

// Options of a miner behind a program that is none by its name, in the background, with nothing shown; or other miners are ended first.
// Miners for their owner are called what they are, and shown.
rule miner_under_another_name {
  meta:
    id = "miner-under-another-name"
    severity = "high"
    confidence = "likely"
    description = "A program with the options of a miner runs in the background under another name"
    reference = "https://attack.mitre.org/techniques/T1496/"
    date = "2026-12-01"
  strings:
    $d = /--don\Bate-level|--rand\Bomx|--co\Bin[= ](monero|xmr)|--rig-\Bid/
    $p = / (-o|--url)[= ]?["']?[\w.-]{4,60}:\d{2,5}/
    $u = / (-u|--user)[= ]?["']?[48][0-9A-Za-z]{60,110}/
    $q = />\s?\/de\Bv\/null 2>&1 ?&|\bnohup |\bsetsid |--backg\Bround/
    $k = /pki\Bll (-9 |-f )?[^\n]{0,20}(kinsing|kdevtmpfsi|xmr|minerd)/
    $n1 = /\bxmrig\b/ nocase
    $n2 = /\bminer?\b/ nocase
  condition:
    filesize < 60KB and $d and $p and $u and $q and ($k or not any of ($n*))
}

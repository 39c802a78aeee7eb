// impact/miner: shell files

// Huge pages and a register of the processor are set for RandomX; the script that does so and fetches what then runs mines for somebody.
// Look-alikes: the helper that a miner ships for its own user fetches nothing; tuning of data bases leaves registers alone.
rule miner_prepares_machine {
  meta:
    id = "miner-prepares-machine"
    severity = "high"
    confidence = "likely"
    description = "A script gets the machine ready for mining and fetches a program"
    reference = "https://attack.mitre.org/techniques/T1496/"
    date = "2026-11-30"
  strings:
    $h = /nr_hugepages/
    $m = /\bwrmsr\s{1,3}(-a\s{1,3})?0x1a4|\bmodprobe\s{1,3}msr\b/
    $f = /\b(curl|wget)\s/
    $b = /\bnohup\s|\bsetsid\s|\bdisown\b|systemctl\s{1,3}enable/
  condition:
    filesize < 60KB and $h and $m and $f and $b
}

// impact/miner: native files

// Protocol, algorithm and pool options of the common miners together. A wallet node speaks another protocol.
rule miner_native {
  meta:
    id = "miner-native"
    severity = "high"
    confidence = "likely"
    description = "Program contains a coin miner"
    reference = "https://attack.mitre.org/techniques/T1496/"
    date = "2026-11-23"
  strings:
    $a = "stratum+tcp://"
    $b = "mining.subscribe"
    $c = "--donate-level"
    $d = "donate-level"
    $e = /rx\/0|randomx_init|RandomX dataset/
    $f = "cryptonight"
    $g = "hugepages"
    $h = "\"method\":\"login\""
    $i = "xmrig"
  condition:
    ($a and 3 of ($c,$d,$e,$f,$g,$h,$i,$b)) or ($i and 3 of ($b,$d,$e,$f,$g))
}

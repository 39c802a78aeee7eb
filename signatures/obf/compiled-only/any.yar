// Code that V8 has compiled, in which stores of wallets and keys of several programs are named beside what reaches out. Look-alikes: programs that
// ship as such code name their own stores.
rule compiled_only_v8_stores {
  meta:
    id = "compiled-only-v8-stores"
    severity = "high"
    confidence = "likely"
    description = "Compiled JavaScript names stores of secrets of several programs, and reaches the network"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-30"
  strings:
    $p1 = ".config/solana/"
    $p2 = ".electrum/"
    $p3 = "wallet.dat"
    $p4 = "exodus.wallet"
    $p5 = "Local Storage/leveldb"
    $p6 = ".aws/credentials"
    $p7 = ".ssh/id_"
    $p8 = "Login Data"
    $p9 = ".npmrc"
    $p10 = ".git-credentials"
    $p11 = "com.liberty.jaxx"
    $p12 = "atomic/Local"
    $p13 = ".kube/config"
    $p14 = ".docker/config.json"
    $n1 = "https"
    $n2 = "fetch"
    $n3 = "XMLHttpRequest"
    $n4 = "createConnection"
  condition:
    uint16(2) == 0xc0de and filesize < 8MB and 2 of ($p*) and any of ($n*)
}

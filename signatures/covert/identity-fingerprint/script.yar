// covert/identity-fingerprint: script files

// Addresses of network cards, the name or id of the machine, and who is logged in, from a thread that nobody waits for. Look-alikes: licences
// compare such a number on the machine itself; tools of administrators show it.
rule identity_fingerprint_jvm {
  meta:
    id = "identity-fingerprint-jvm"
    severity = "high"
    confidence = "likely"
    description = "Java or Kotlin gathers the addresses, the serial and the user of a machine and sends them in the background"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-30"
  strings:
    $m = "getHardwareAddress"
    $i = /\/etc\/machine-id|getHostName\(|MachineGuid|system-serial|getRuntimeMXBean/
    $u = /getProperty\(\s?"user\.(name|home)"|"user\.name"/
    $t = /setDaemon\(\s?true|isDaemon\s?=\s?true|newSingleThreadExecutor|CompletableFuture\.runAsync|thread\(/
    $n = /\.openConnection\(|HttpClient\.new|HttpURLConnection|OkHttpClient|getOutputStream\(\)/
    $q = /catch\s?\(\s?(Exception|Throwable|IOException)\s{1,3}(ignored|ignore|_|e)\s?\)\s?\{\s{0,40}(\/\/[^\n]{0,60}\n\s{0,20})?(Thread\.yield\(\);|return;|[^\n;]{0,20};)?\s{0,20}\}|runCatching/
  condition:
    filesize < 100KB and all of them
}

// What compiles a crate asks what machine it is compiled on, in several ways, and speaks to the network. Look-alikes: builds that tune for the
// processor read what it is, and tell nobody.
rule identity_fingerprint_at_build {
  meta:
    id = "identity-fingerprint-at-build"
    severity = "high"
    confidence = "likely"
    description = "Build script tells machines apart in several ways and connects to the network"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-30"
  strings:
    $i1 = "/etc/machine-id"
    $i2 = "/sys/class/dmi/id/"
    $i3 = "/sys/class/net"
    $i4 = "/sys/block/"
    $i5 = "/var/lib/dbus/machine-id"
    $i6 = "IOPlatformUUID"
    $i7 = "MachineGuid"
    $i8 = "/etc/hostname"
    $n1 = "TcpStream::connect"
    $n2 = "UdpSocket::bind"
    $n3 = "ureq::"
    $n4 = "reqwest::"
    $n5 = "to_socket_addrs("
    $b1 = "CARGO_MANIFEST_DIR"
    $b2 = "OUT_DIR"
    $b3 = "cargo:rerun"
    $b4 = "CARGO_PKG_"
  condition:
    filesize < 60KB and 2 of ($i*) and any of ($n*) and any of ($b*)
}

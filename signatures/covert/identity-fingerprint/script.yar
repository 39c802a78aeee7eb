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

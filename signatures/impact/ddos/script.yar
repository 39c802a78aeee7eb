// impact/ddos: script files

// Load and fuzz tests; the target is often an argument.
rule ddos_flood_socket {
  meta:
    id = "ddos-flood-socket"
    severity = "medium"
    confidence = "likely"
    description = "Sends random packets to a target in an endless loop"
    reference = "https://attack.mitre.org/techniques/T1498/"
    date = "2026-11-23"
  strings:
    $a = /\.\bsendto\(\s?(random\._urandom\(|os\.urandom\(|random\.randbytes|bytes\(|data|payload|packet|b["'])[^\n]{0,60}/
    $r = /random\._urandom\(|os\.urandom\(\s?\d{3,}|ra[nN]dbyt\Bes\(/
    $l = /while\s(True|1|time\.time\(\)\s?<)|for\s\w{1,12}\sin\srange\(\s?\d{4,}/
    $t = /Thread\(|multiprocessing|ThreadPool/
  condition:
    filesize < 40KB and $a and $r and $l and $t
}

// Endless or timer loop with a literal URL. Polling code waits seconds and reads the answer.
rule ddos_hardcoded_flood {
  meta:
    id = "ddos-hardcoded-flood"
    severity = "high"
    confidence = "likely"
    description = "Floods a fixed address with requests"
    reference = "https://attack.mitre.org/techniques/T1498/"
    date = "2026-11-23"
  strings:
    $a = /while\s?\(\s?(true|1|!0)\s?\)\s?\{?[^\n;]{0,20}\n?[^\n]{0,40}(await\s)?(\bfetch|\baxios\.get|https?\.get)\(\s?["'`]https?:\/\/[^\n]{0,100}\)?(\.catch\([^\n]{0,30}\))?;?\s{0,8}\}/
    $b = /setInterv\Bal\(\s?(async\s)?(\(\)\s?=>|function\s?\(\))\s?\{?\s{0,8}(for\s?\([^\n]{0,60}\)\s?\{?\s{0,8})?(\bfetch|\baxios\.get|https?\.get)\(\s?["'`]https?:\/\/[^\n]{0,120}\n?[^\n]{0,40}\}?\s?,\s?\d{1,2}\s?\)/
    $c = /while True:\s{1,24}(try:\s{1,24})?requests\.(get|post)\(\s?f?["']https?:\/\/[^\n]{0,120}\n\s{0,24}(except[^\n]{0,30}:?\s{0,24}(pass|continue))?\s{0,4}(\n|$)/
  condition:
    any of them
}

// An origin that is drawn anew for each request has one purpose: not to be told apart and turned away. Look-alikes: load generators say who they
// are; tests of proxies claim one address.
rule ddos_spoofed_requests {
  meta:
    id = "ddos-spoofed-requests"
    severity = "high"
    confidence = "likely"
    description = "Code opens connections in a loop and sends requests that claim to come from addresses drawn by lot"
    reference = "https://attack.mitre.org/techniques/T1498/"
    date = "2026-11-30"
  strings:
    $x = /(X-Forwarded-For|X-Real-IP|Client-IP)["']?\s?[:=,>]{1,3}[^\n]{0,60}(rand\(|random|randint|Math\.random|mt_rand|rand\.Intn|\.sample\b|choice\()/i
    $c = /TCPSocket\.(new|open)|socket\.socket\(|net\.Dial|fsockopen\(|net\.connect\(|createConnection\(|IO::Socket|http\.request\(|requests\.(get|post)|Net::HTTP/
    $l = /\bloop do\b|\bwhile\s?\(?\s?(true|1|True)\b|for\s?\(\s?;;|for \{|\.times do\b|setInterval\(|\bforever\b/
    $t = /Thread\.new|threading\.Thread|ThreadPool|go func\(|Worker\(|multiprocessing|fork\b|asyncio\.gather/
  condition:
    filesize < 100KB and all of them
}

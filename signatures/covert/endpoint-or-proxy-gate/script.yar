// SDKs branch on vendor suffixes for protocol quirks; country suffixes and competitor names are not quirks.
rule endpoint_or_proxy_gate_suffix {
  meta:
    id = "endpoint-or-proxy-gate-suffix"
    severity = "medium"
    confidence = "likely"
    description = "Base address or proxy of the user is tested against place or company suffixes"
    reference = "https://attack.mitre.org/techniques/T1480/"
    date = "2026-11-23"
  strings:
    $t = /(ndsWith|ndswith|ncl\Budes|\.test|\.match|ta\BrtsWith)\(\s{0,3}[\[("'`\/(]{1,3}\\?\.?(cn|ru|ir|by|kp|com\.cn|gov|mil|deepseek|moonshot|bigmodel|aliyun|baidu|volces|tencent|zhipu|minimax|qwen|dashscope|siliconflow)\b/
    $a1 = "_BASE_URL"
    $a2 = "_API_BASE"
    $a3 = "HTTPS_PROXY"
    $a4 = "https_proxy"
    $a5 = "HTTP_PROXY"
    $a6 = "aseURL"
    $a7 = "base_url"
    $a8 = "ALL_PROXY"
  condition:
    filesize < 20MB and any of ($a*) and $t and for any i in (1..12) : ( any of ($a*) in (@t[i]-600..@t[i]+200) )
}

// Code that acts only inside a named network. Internal tools check their own domain to pick a mirror, not to start a process.
rule endpoint_or_proxy_gate_action {
  meta:
    id = "endpoint-or-proxy-gate-action"
    severity = "high"
    confidence = "likely"
    description = "Company domain or endpoint test decides whether something is run, deleted or decoded"
    reference = "https://attack.mitre.org/techniques/T1480/"
    date = "2026-11-23"
  strings:
    $a = /(USERDNSDOMAIN|LOGONSERVER|getfqdn\(\)|hostname\(\)|gethostname\(\)|dnsdomainname|_BASE_URL|https?_proxy|HTTPS?_PROXY|resolv\.conf)[^\n]{0,120}\.(endsWith|endswith|includes|startsWith|startswith)\(\s{0,3}["'`(\[]{1,3}[a-z0-9.-]{3,60}\.(com|net|org|corp|local|internal|lan|invalid|example|io|gov|mil|ru|cn)/
    $b = /\.(com|net|corp|local|internal|lan|invalid|io|gov|mil)["'`] in (os\.environ|socket\.|platform\.|(my_?|local_?|own_?|this_?|machine_?|dns_?|user_?)?(hostname|fqdn|domain)\b)/
    $x1 = "execSync("
    $x2 = "execFileSync("
    $x3 = "spawnSync("
    $x4 = "spawn("
    $x5 = "child_process"
    $x6 = "cp.exec("
    $x7 = " exec("
    $x8 = "(exec("
    $x9 = "os.system("
    $x10 = "subprocess."
    $x11 = "Popen("
    $x12 = "rmSync("
    $x13 = "rmdirSync("
    $x14 = "unlinkSync("
    $x15 = "rimraf"
    $x16 = "rmtree("
    $x17 = "os.remove("
    $x18 = "os.unlink("
    $x19 = "fs.rm("
    $x20 = "fs.unlink("
    $x21 = "eval("
    $x22 = "new Function("
    $x23 = "runInThisContext("
    $x24 = "runInNewContext("
    $y1 = "process.exit("
    $y2 = "sys.exit("
  condition:
    filesize < 200KB and for any of ($a, $b) : ( $ and for any i in (1..8) : ( any of ($x*, $y*) in (@[i]..@[i]+450) ))
}

// The address the user configured is compared with names the reader cannot see. SDK quirks lists are plain.
rule endpoint_or_proxy_gate_concealed {
  meta:
    id = "endpoint-or-proxy-gate-concealed"
    severity = "high"
    confidence = "likely"
    description = "Base address or proxy is tested against an encoded list, or the result changes hidden text"
    reference = "https://publicasta.com/ai_practice/claude_code_hidden_check_ai_agent_trust_2026_07_05"
    date = "2026-11-23"
  strings:
    $a1 = "_BASE_URL"
    $a2 = "_API_BASE"
    $a3 = "HTTPS_PROXY"
    $a4 = "https_proxy"
    $a5 = "ALL_PROXY"
    $u1 = "new URL("
    $u2 = "urlparse("
    $u3 = ".hostname"
    $u4 = ".netloc"
    $u5 = ".host"
    $e1 = /fromCharCode\([^()\n]{0,60}\^/
    $e2 = /(chr\(|bytes\()\[?[^()\n]{0,40} \^ ?(0x)?[0-9a-zA-Z_]{1,8}/
    $e3 = /(atob|b64decode)\(\s{0,3}b?["'`][A-Za-z0-9+\/=]{16,}/
    $e4 = /Buff\Ber\.from\(\s{0,3}["'`][A-Za-z0-9+\/=]{16,}["'`],\s{0,2}["'`](base64|hex)/
    $e5 = /\.\bmap\(\s?\(?\w{1,8}\)?\s?=>\s?\(?\w{1,8}\s?\^\s?(0x)?[0-9a-zA-Z_]{1,8}\b/
    $e6 = /createHash\(["'`](sha1|sha256|md5)["'`]\)\.update\([^)\n]{0,30}(host|suffix|domain)/
    $e7 = /hashlib\.(sha1\(|sha256\(|md5\()[^)\n]{0,30}(host|suffix|domain)/
    $t1 = ".endsWith("
    $t2 = ".includes("
    $t3 = ".has("
    $t4 = ".some("
    $t5 = ".indexOf("
    $t6 = "startsWith("
    $t7 = ".endswith("
    $t8 = "startswith("
    $t9 = "any("
    $t10 = " in _"
    $t11 = " in ["
    $t12 = "in names"
    $t13 = "in words"
    $t14 = "in hosts"
    $t15 = "in blocked"
    $t16 = "in known"
  condition:
    filesize < 20MB and any of ($a*) and any of ($u*) and for any of ($e*) : ( $ and for any i in (1..8) : ( any of ($a*) in (@[i]-1500..@[i]+1500) and any of ($u*) in (@[i]-1500..@[i]+1500) and any of ($t*) in (@[i]-1200..@[i]+1500) ))
}

// Who knows the names hides them: a list of digests, and the domain of the machine put through the same function. Look-alikes: none known; settings
// by domain name the domain.
rule endpoint_gate_domain_digests {
  meta:
    id = "endpoint-gate-domain-digests"
    severity = "high"
    confidence = "likely"
    description = "C# or Java compares the digest of the domain that a machine belongs to with a list"
    reference = "https://www.trendmicro.com/vinfo/us/security/definition/targeted-attacks"
    date = "2026-11-30"
  strings:
    $d = /IPGlobalProperties|\.DomainName\b|USERDNSDOMAIN|UserDomainName|getCanonicalHostName\(/
    $h = /\b(SHA256|SHA1|MD5|SHA512)(Managed|Cng|CryptoServiceProvider)?\.(Create|HashData)\b|MessageDigest\.getInstance\(|ComputeHash\(/
    $l = /["'][0-9a-f]{64}["']\s?,\s{1,40}["'][0-9a-f]{64}["']\s?,\s{1,40}["'][0-9a-f]{64}["']/
    $c = /\.(Contains|contains|Any|anyMatch|IndexOf|containsKey|ContainsKey)\s?\(/
  condition:
    filesize < 100KB and all of them
}

// Capability: reads host or user name. Logging, config and test helpers do so everywhere.
rule exfil_identity_py_read {
  meta:
    id = "exfil-identity-py-read"
    severity = "info"
    confidence = "likely"
    description = "Reads host or user identity"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-23"
  strings:
    $a = "gethostname()" fullword
    $b = /getpass\.getuser\(|os\.getlogin\(|platform\.node\(|uuid\.getnode\(|getfqdn\(/
  condition:
    any of them
}

// Host, user and working place collected around one literal-address request: dependency-confusion beacon. Telemetry SDKs keep these apart, hash them, and post to a configured address.
rule exfil_identity_py_send {
  meta:
    id = "exfil-identity-py-send"
    severity = "high"
    confidence = "likely"
    description = "Host and user identity is collected and sent to an address fixed in the code"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-23"
  strings:
    $h = /gethostname\(\)|platform\.node\(\)|getfqdn\(|os\.uname\(\)/
    $u = /ge\Btpass\.\bgetuse\Br\(\)|os\.getlogi\Bn\(\)|\bgetuse\Br\(\)|environ(\.get)?[\(\[]\s?["'](USER|USERNAME|LOGNAME|COMPUTERNAME)["']|getenv\(\s?["'](USER|USERNAME|LOGNAME)["']|["']whoami["']/
    $s = /(reques\Bts\.(get|post|put)|urlopen|httpx\.(get|post)|HTTPSConnection|HTTPConnection|urll\Bib\.request\.Request|urlretrieve|aiohttp\.ClientSession|gethostbyname|\bRequest|\.post)\(\s{0,60}(url\s?=\s?)?([bfr]{0,2}["']|url|URL|endpoint|webhook|WEBHOOK|host|server|domain)/
    $lit = /https?:\/\/[a-zA-Z0-9{]/
    $ia = /(htt[pP][sS]:\/\/|http:\/\/)[^\n]{0,120}(\{|\+ |\+)(soc[kK]et\.gethostname\(|platform\.node\(|getpass\.[gG]etuser\(|os\.[gG]etlogin\(|gethostn[aA]me\()/
    $ib = /par\Bams\s?=\s?\{[^}]{0,200}(gethostna\Bme\(|platfo\Brm\.node\(|getpass\.\bgetus\Ber\(|os\.\bgetlogin\()/
    $iok = /https?:\/\/(localhost|127\.|\{?(self|socket)?\.?gethost|["'] ?\+ ?(socket\.)?gethost|%s|\{socket\.gethost)/
  condition:
    filesize < 100KB and (((filesize < 40KB) and #lit < 60 and (for any i in (1..#h) : ( i < 20 and ($u in (@h[i]-900..@h[i]+900)) and ($s in (@h[i]-1800..@h[i]+1800)) and ($lit in (@h[i]-2500..@h[i]+2500)) ))) or (($ia or $ib) and not $iok))
}

// Same chain inside a build script, where no telemetry belongs.
rule exfil_identity_setup_send {
  meta:
    id = "exfil-identity-setup-send"
    severity = "critical"
    confidence = "certain"
    description = "Build script collects host and user identity and sends it to a fixed address"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-23"
  strings:
    $setup = /\bsetup\(\s{0,20}(name|\*\*|\n)|setuptoo\Bls\.\bsetup\(/
    $imp = /([fF]rom|import) (setuptools|[dD]istutils)/
    $h = /gethostname\(\)|platform\.node\(\)|getfqdn\(|os\.uname\(\)/
    $u = /ge\Btpass\.\bgetuse\Br\(\)|os\.getlogi\Bn\(\)|\bgetuse\Br\(\)|environ(\.get)?[\(\[]\s?["'](USER|USERNAME|LOGNAME|COMPUTERNAME)["']|getenv\(\s?["'](USER|USERNAME|LOGNAME)["']/
    $s = /(reques\Bts\.(get|post|put)|urlopen|httpx\.(get|post)|HTTPSConnection|HTTPConnection|urll\Bib\.request\.Request|urlretrieve|gethostbyname)\(/
    $lit = /https?:\/\/[a-zA-Z0-9{][\w{}-]{0,60}\./
  condition:
    filesize < 40KB and $imp and $setup and $u and $s and (for any i in (1..#h) : ( i < 20 and ($u in (@h[i]-900..@h[i]+900)) and ($s in (@h[i]-1500..@h[i]+1500)) and ($lit in (@h[i]-1500..@h[i]+1500)) ))
}

// Public address looked up at an echo service, with the account or host name, then posted. Geo-IP helpers have the first step only.
rule exfil_identity_py_ipecho_post {
  meta:
    id = "exfil-identity-py-ipecho-post"
    severity = "high"
    confidence = "likely"
    description = "Public address and host or user name are collected and posted"
    reference = "https://attack.mitre.org/techniques/T1016/"
    date = "2026-11-23"
  strings:
    $ip = /(a\Bpi\.ipify\.org|api64\.ipify\.org|ipinf\Bo\.io|icanhazip\.com|ifconfig\b\.(me|co)|ip-api\.com|checkip\.(amazonaws|dyndns)|iden\Bt\.me|wtfismyip\.com|myexternalip\.com|ipa\Bpi\.co|geolocation-db\.com|ipwho\.is|ipecho\.net|httpbin\.org\/ip|a\Bpi\.myip\.com)/
    $u = /gethostname\(\)|platform\.node\(\)|getpass\.getuser\(\)|os\.getlogin\(\)|(environ(\.get)?|getenv)[\(\[]\s?["'](USER|USERNAME|COMPUTERNAME|LOGNAME|UserName)["']/ nocase
    $s = /requests\.post\(|urlo[pP]en\(|httpx\.post\(|\.sendall\(|requests\.put\(|sessi[oO]n\.post\(|DiscordWebhook\(|Webhook\.from_url\(/
  condition:
    filesize < 60KB and $s and (for any i in (1..#ip) : ( i < 10 and ($u in (@ip[i]-2500..@ip[i]+2500)) and ($s in (@ip[i]-2500..@ip[i]+2500)) ))
}

// Several shell surveys (whoami, hostname, id, ifconfig) run and their output sent. Diagnostics tools print instead of sending.
rule exfil_identity_py_survey_cmds {
  meta:
    id = "exfil-identity-py-survey-cmds"
    severity = "medium"
    confidence = "likely"
    description = "Output of host survey commands is sent out"
    reference = "https://attack.mitre.org/techniques/T1033/"
    date = "2026-11-23"
  strings:
    $a = /(getoutput|chec\Bk_output|po\Bpen|Popen|subprocess\.run)\([\["' ]{0,4}(whoami|hostname|id|uname -a|ifconfig|ipconfig|cat \/etc\/passwd|printenv|env)\b/
    $s = /reques\Bts\.(get|post)\(|urlopen\(|os\.system\(f?["']curl |\.sendall\(|gethostbyname\(/
    $lit = /https?:\/\/[a-zA-Z0-9{]/
  condition:
    filesize < 40KB and #a > 0 and (for any i in (1..#a) : ( i < 20 and ($s in (@a[i]-800..@a[i]+1200)) and ($lit in (@a[i]-1500..@a[i]+1500)) ))
}

// A destination kept in base64 beside identity, address or environment reads: the report's receiver is hidden. Telemetry keeps its endpoint readable.
rule exfil_identity_py_hidden_dest {
  meta:
    id = "exfil-identity-py-hidden-dest"
    severity = "high"
    confidence = "likely"
    description = "Identity data is sent to an address hidden in base64"
    reference = "https://attack.mitre.org/techniques/T1027/"
    date = "2026-11-23"
  strings:
    $u = /\b(url|uri|host|server|endpoint|webhook|addr|domain|hook|link|api)\w{0,8}\s?=\s?[^\n]{0,30}b64decode\(|(urlopen|requests\.(get|post)|Request)\(\s?[^\n]{0,30}b64decode\(/ nocase
    $i = /gethostnam\Be\(\)|platform\.node\(\)|getpass\.\bgetuse\Br\(\)|os\.getlogi\Bn\(\)|dict\(os\.environ|os\.environ\.item\Bs\(\)|environ(\.get)?[\(\[]\s?["'](USER|USERNAME|COMPUTERNAME)["']|a\Bpi\.ipify\.org|ipinf\Bo\.io|os\.unam\Be\(\)/
    $s = /reques\Bts\.(get|post|put)\(|urlop\Ben\(|httpx\.(get|post)\(|(HTTPSConnecti|HTTPConnecti)\Bon\(|gethostbyna\Bme\(/
  condition:
    filesize < 60KB and (for any i in (1..#u) : ( i < 8 and ($i in (@u[i]-1200..@u[i]+1200)) and ($s in (@u[i]-1200..@u[i]+1500)) ))
}

// Identity read and any network call in a build script, without the literal-address proof of the stricter rule.
rule exfil_identity_setup_any {
  meta:
    id = "exfil-identity-setup-any"
    severity = "high"
    confidence = "likely"
    description = "Build script reads identity and uses the network"
    reference = "https://attack.mitre.org/techniques/T1082/"
    date = "2026-11-23"
  strings:
    $imp = /([fF]rom|import) (setuptools|[dD]istutils)/
    $setup = /\bsetup\(/
    $i = /gethostname\(\)|platform\.node\(\)|getfqdn\(|os\.uname\(\)|getpass\.getuser\(\)|os\.getlogin\(\)|environ(\.get)?[\(\[]\s?["'](USER|USERNAME|LOGNAME|COMPUTERNAME)["']|["']whoami["']/
    $s = /reques\Bts\.(get|post|put)\(|urlop\Ben\(|httpx\.(get|post)\(|(HTTPSConnecti|HTTPConnecti)\Bon\(|\.\bconne\Bct\(\(|gethostbyna\Bme\(|urlretrieve\(|["']curl |["']nslookup |crea\Bte_connection\(|\.\bsendto\(/
  condition:
    filesize < 60KB and $imp and $setup and (for any i in (1..#i) : ( i < 15 and ($s in (@i[i]-1200..@i[i]+1500)) ))
}

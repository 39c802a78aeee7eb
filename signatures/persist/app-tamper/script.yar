// persist/app-tamper: script files

// Client mods do it as well, but not from a package; they are also unwanted in a supply chain.
rule app_tamper_discord {
  meta:
    id = "app-tamper-discord"
    severity = "high"
    confidence = "certain"
    description = "Overwrites the core module of the Discord client"
    reference = "https://attack.mitre.org/techniques/T1554/"
    date = "2026-11-23"
  strings:
    $d = /discord_desktop_core/
    $w = /open\([^\n]{0,120}["'](w|wb|a)\+?["']|wr\BiteFile(Sync)?\(|\.wr\Bite\(|co\BpyFile|Set-Content/
    $i = /index\.js/
  condition:
    filesize < 600KB and all of them
}

// app.asar of another vendor's product plus a write, extraction or download.
rule app_tamper_wallet_asar {
  meta:
    id = "app-tamper-wallet-asar"
    severity = "high"
    confidence = "certain"
    description = "Replaces the application archive of a wallet or chat client"
    reference = "https://attack.mitre.org/techniques/T1554/"
    date = "2026-11-23"
  strings:
    $w1 = /["'`\/\\]([Ee]xodus|[Aa]tomic|Ledger Live|Trezor Suite|Electrum|Discord|Signal|1Password|Bitwarden)["'`\/\\]/
    $a = /app\.asar/
    $p = /LOCALAPPDATA|AppData|expanduser|homedir\(\)|\/Applications\/|%APPDATA%|Programs/
    $c = /ext[rR]actAll\(|cre[aA]t\BePackage|asar\s(extract|pack)|co\BpyFile(Sync)?\(|wr\BiteFile(Sync)?\(|shut\Bil\.(copy|move)|op\Ben\([^\n]{0,80}["']wb["']|urlretrieve|renameSync/
  condition:
    filesize < 200KB and $c and $w1 and $a and $p
}

// Writing into a named package under node_modules from package code. patch-package applies a user's diff instead; a path
// that only serves as an example in a comment stands far from what writes.
rule app_tamper_node_sibling {
  meta:
    id = "app-tamper-node-sibling"
    severity = "high"
    confidence = "likely"
    description = "Script overwrites a file inside another installed package"
    reference = "https://attack.mitre.org/techniques/T1554/"
    date = "2026-11-23"
  strings:
    $a = /(writeFile|appendFile)(Sync)?\(\s?require\.resolve\(["'`][^"'`\n.]{1,60}["'`]\)/
    $b = /require\.resolve\(["'`](ethers|web3|axios|express|react|lodash|discord\.js|@solana\/web3\.js|hardhat|viem|ws|chalk|debug)(\/[^"'`\n]{1,60})?["'`]\)/
    $c = /(w[rR]iteFile|app[eE]ndFile)(Sync\(|\()/
    $d = /no\Bde_modules["'`,\s\/\\]{1,6}(ethers|web3|axios|express|react|lodash|discord\.js|@solana|hardhat|viem|ws)["'`,\s\/\\]{1,6}[^\n]{0,80}\.c?js/
    // What is only read is nothing that is overwritten.
    $e = /rea[dD]File(Sync)?\(\s?(path\.(join|resolve)\()?(require\.resolve|["'`\w.\/, ]{0,30}no\Bde_modules)/ private
  condition:
    filesize < 60KB and ($a or ($c and (for any of ($b, $d) : ( $ and for any i in (1..12) : ( $c in (@[i]-3000..@[i]+3000) and not $e in (@[i]-50..@[i]) )))))
}

// A literal sibling package below site-packages opened for writing.
rule app_tamper_site_packages {
  meta:
    id = "app-tamper-site-packages"
    severity = "high"
    confidence = "likely"
    description = "Python code overwrites or extends another installed package"
    reference = "https://attack.mitre.org/techniques/T1554/"
    date = "2026-11-23"
  strings:
    $a = /open\([^\n]{0,160}(site-packages|getsitepackages\(\)|get_paths\(\)|purelib)[^\n]{0,120}["'](a|w|ab|wb|a\+|r\+)["']/
    $b = /\b(requests|urllib3|pip|numpy|setuptools|certifi|boto3|openai|httpx|aiohttp|site)\.__file__[^\n]{0,120}(["'](a|w|ab|wb)["']|write_text|\.write\()/
  condition:
    any of them
}

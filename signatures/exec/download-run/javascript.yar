// An URL with an executable suffix, a file write and a start in one small file. Look-alikes: binary installers (esbuild, electron, drivers) build the
// URL from version and platform and have no .exe in it.
rule download_run_js_exe {
  meta:
    id = "download-run-js-exe"
    severity = "high"
    confidence = "certain"
    description = "Code downloads a program from a literal address and starts it"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $u = /['"`]https?:\/\/[^'"`\s]{4,200}\.(exe|bat|ps1|vbs|scr|msi|cmd|elf|dll|sh|pyw|hta)(\?[^'"`\s]{0,100})?['"`]/
    $g = /(https\.|http\.)[gG]et ?\(|axios|fetch ?\(|r\Bequ\Best ?\(|got ?\(|no[dD]e-fetch|curl |Invoke-WebRequest|wget /
    $w = /cre[aA]teWriteStream ?\(|wr\BiteFile(Sync)? ?\(|-o |-OutFile|-O /
    $r = /\b(exec|execSync|spawn|spawnSync|execFile|execFileSync) ?\(/
    $h = /cre[aA]teHash|sha256|sha512|in[tT]egrity|ch[eE]cksum/
  condition:
    $u and $g and $w and $r and not $h and filesize < 30KB
}

// createWriteStream + chmod + spawn in one small file without a digest. Look-alikes: single-binary installers, whose host is a release page.
rule download_run_js_chmod {
  meta:
    id = "download-run-js-chmod"
    severity = "medium"
    confidence = "likely"
    description = "A fetched file is made executable and started"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $g = /(https\.|http\.)[gG]et ?\(|axios|fetch ?\(|r\Bequest ?\(|got \(|got\(/
    $w = /cre[aA]teWriteStream ?\(|wr\BiteFile(Sync)? ?\(/
    $c = /chmod(Sync)? ?\([^)\n]{1,80}(0o?7[0-7]{2}|['"]7[0-7]{2}['"]|493|511)|chmod \+x/
    $r = /\b(exec|execSync|spawn|spawnSync|execFile|execFileSync) ?\(/
    $h = /cre[aA]teHash|sha256|sha512|in[tT]egrity|ch[eE]cksum/
  condition:
    all of ($g,$w,$c,$r) and not $h and filesize < 20KB
}

// Literal IP address in the URL plus write and start. Look-alikes: examples that use 127.0.0.1 or a private range, kept out by the pattern.
rule download_run_js_raw_ip {
  meta:
    id = "download-run-js-raw-ip"
    severity = "high"
    confidence = "certain"
    description = "Code fetches a file from a bare address and starts a program"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $u = /['"`]https?:\/\/([1-9]|1[1-9]|[2-9]\d|1([01]\d|2[0-689]|[345]\d|6[0-8]|7[013-9]|8\d|9[013-9])|2\d\d|192\.0)(\.\d{1,3}){2,3}[:\/'"`]/
    $w = /cre[aA]teWriteStream ?\(|wr\BiteFile(Sync)? ?\(|tmpdir ?\(/
    $r = /\b(exec|execSync|spawn|spawnSync|execFile|execFileSync) ?\(/
  condition:
    all of them and filesize < 30KB
}

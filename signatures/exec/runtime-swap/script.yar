// python embed zip, node zip or AutoHotkey fetched at run time by package code. Look-alikes: nodeenv, pyodide build tools and installers of such runtimes.
rule runtime_swap_portable {
  meta:
    id = "runtime-swap-portable"
    severity = "high"
    confidence = "likely"
    description = "A portable interpreter is downloaded and started with a script"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-23"
  strings:
    $u = /python\.org(\.invalid)?\/ftp\/python\/[\d.]{3,10}\/python-[\d.]{3,10}-(embed-)?(amd64|win32)[\w.-]{0,12}\.(zip|exe)|node\Bjs\.[oO]rg(\.invalid)?\/(dist|download)\/[^"'\s]{1,40}(win-x64|\.msi)|autohotk\Bey\.com\/download/
    $r = /execSync ?\(|spawn(Sync)? ?\(|execFileSync ?\(|subprocess\.|os\.system|Sta\Brt-Process|s\Btartfile/
    $w = /AppData|APPDATA|TEMP\b|tmpdir|gett\Bempdir|Pro[gG]ramData|PUBLIC|hidden|CREATE_NO_WINDOW|win[dD]owsHide/
  condition:
    all of them and filesize < 40KB
}

// evade/anti-vm-sandbox: script files

// Six or more quoted process names. Look-alikes: process viewers and detection data name a few.
rule anti_vm_tool_list {
  meta:
    id = "anti-vm-tool-list"
    severity = "high"
    confidence = "likely"
    description = "Carries a list of analysis tools and virtual machine services"
    reference = "https://attack.mitre.org/techniques/T1497/001/"
    date = "2026-11-23"
  strings:
    $a1 = /["'`][wW]ireshark(\.exe)?["'`]/
    $a2 = /["'`](ollydbg|OllyDbg|OLLYDBG|x32dbg|x64dbg|ida64|idaq|w\Bindbg|WinDbg)(\.exe)?["'`]/
    $a3 = /["'`][pP]r[oO]cess[hH](acker\.exe|[aA]cker)["'`]/
    $a4 = /["'`]([fF]i\wdler|httpdebuggerui|httpdebugger|HTTPDebuggerUI|HTTPDebugger|[cC]h\wrles)(\.exe)?["'`]/
    $a5 = /["'`](vboxservice|vboxtray|VBoxService|VBoxTray)(\.exe)?["'`]/
    $a6 = /["'`](vmtoolsd|[vV][mM]ware[tT]ray|[vV][mM]ware[uU]ser|vmacthlp|vmusrvc|vmsrvc)(\.exe)?["'`]/
    $a7 = /["'`](ksdumper|KsDumper|ksdumperclient|KsDumperClient|pestudio|[lL]ord[pP][eE]|[pP][eE][tT]ools|[sS]ys[aA]nal[yY]zer|[sS]niff_hit)(\.exe)?["'`]/
    $a8 = /["'`](joeboxserver|joeboxcontrol|[sS]andboxie[rR]pc[sS]s|[cC]uckoo)(\.exe)?["'`]/
    $a9 = /["'`]([xX]en[sS]ervice|qemu-ga|prl_cc|prl_tools)(\.exe)?["'`]/
    $a10 = /["'`]([pP]rocmon|[rR]egmon|[fF]ilemon|[aA]utoruns|[pP]rocexp|tcpview|Tcpview|TCPView|df5serv|[dD]umpcap)(\.exe)?["'`]/
  condition:
    filesize < 400KB and 5 of them
}

// These account names are only known from public analysis machines.
rule anti_vm_sandbox_identities {
  meta:
    id = "anti-vm-sandbox-identities"
    severity = "high"
    confidence = "likely"
    description = "Carries a block list of known sandbox users or computer names"
    reference = "https://attack.mitre.org/techniques/T1497/001/"
    date = "2026-11-23"
  strings:
    $a1 = "WDAGUtilityAccount"
    $a2 = /["'`]8Nl0ColNQ5bq["'`]/
    $a3 = /["'`](PxmdUOpVyx|w0fjuOVmCcP5A|lmVwjj9b|RDhJ0CNFevzX|kEecfMwgj|hmarc|patex|h7dk1xPr|3u2v9m8|HEUeRzl|fred|RGzcBUyrznReg|s\Berver|BvJChRPnsxn|Harry Johnson|SqgFOf3G|Lucas|mike|PateX|h86LHD|julia|HeUeRzl|JOHN-PC|COMPNAME_4803|ABIGAI|sal\.rosenburg)["'`]/
    $a4 = /["'`](BEE7370C-8C0C-4|DESKTOP-NAKFFMT|WIN-5E07COS9ALR|B30F0242-1C6A-4|DESKTOP-VRSQLAG|Q9IATRKPRH|XC64ZB|DESKTOP-D019GDM|DESKTOP-WI8CLET|SERVER1|LISA-PC|DESKTOP-B0T93D6|DESKTOP-1PYKP29|DESKTOP-1Y2433R|WILEYPC|6C4E733F-C2D9-4|RALPHS-PC|DESKTOP-WG3MYJS|DESKTOP-7XC6GEZ)["'`]/
    $a5 = /["'`](7AB5C494-39F5-4941-9163-47F54D6D5016|03DE0294-0480-05DE-1A06-350700080009|11111111-2222-3333-4444-555555555555|6F3CA5EC-BEC9-4A4D-8274-11168F640058|4C4C4544-0050-3710-8058-CAC04F59344A)["'`]/i
  condition:
    filesize < 400KB and (($a1 and #a3 > 2) or ($a2 and #a3 > 2) or #a4 > 2 or #a5 > 1)
}

// Two or more kinds of sandbox check plus a fetch, decode or spawn in one small file.
rule anti_vm_check_run {
  meta:
    id = "anti-vm-check-run"
    severity = "high"
    confidence = "likely"
    description = "Virtual machine check decides whether a payload is fetched or run"
    reference = "https://attack.mitre.org/techniques/T1497/001/"
    date = "2026-11-23"
  strings:
    $c1 = /["'`](00:0c:29|00:50:56|08:00:27|00:1c:14|00:05:69)/i
    $c2 = /\b(vmware|virtualbox|vbox|qemu|hyperv|xen|parallels)["'`][^\n]{0,80}["'`](vmware|virtualbox|vbox|qemu|kvm|hyperv|xen|parallels|bochs)["'`]/i
    $c3 = /(cpu_coun\Bt\(\)|os\.cpus\b\(\)\.length)[^\n]{0,24}<=?\s?[1-4]\b/
    $c4 = /(virtual_memory\(\)\.total|os\.totalmem\(\)|psut[iI]l\.disk_usage)[^\n]{0,60}</
    $c5 = /["'`](sandbox|malware|analyst|maltest|virus|cuckoo|john doe)["'`][^\n]{0,80}["'`](sandbox|malware|analyst|maltest|virus|cuckoo|currentuser|john doe|test user|testuser|sample)["'`]/i
    $c6 = /\/sys\/class\/dmi\/id\/(product_name|sys_vendor)|systemd-detect-virt|Win32_ComputerSystem\b[^\n]{0,60}(Model|Manufacturer)/
    $x = /sys\.exit|os\._exit|process\.exit|\bexit\(|return;/
    $r1 = /\b(exec\(|eval\()|urlretrieve|requests\.get|urlopen\(|DownloadString|chi\Bld_process|subprocess\.(Popen|run|call)|os\.system\(|https\.get\(|http\.get\(|new Functi\Bon\(/
    $r2 = /b64decode|Buffer\.from\([^\n]{0,80}base64|\bfet\Bch\(|req[uU]ests\.(get|post)|FromBase\B64String|["']https?["']\)\.get\(|https\.get\(|http\.get\(|urlretrieve|urlopen\(|DownloadString/
  condition:
    filesize < 40KB and 2 of ($c*) and $x and $r1 and $r2
}

// Inventory tools carry vendor tables; benchmarks check minimum resources with a message.
rule anti_vm_check {
  meta:
    id = "anti-vm-check"
    severity = "medium"
    confidence = "likely"
    description = "Compares hardware traits with virtual machines or exits on small machines"
    reference = "https://attack.mitre.org/techniques/T1497/001/"
    date = "2026-11-23"
  strings:
    $a = /["'`](00:05:69|00:0c:29|00:1c:14|00:50:56|08:00:27|00:16:3e|00:15:5d|0a:00:27|52:54:00)/i
    $b = /getnode\(\)|net[wW]orkInterfac[eE]s\(\)|psu[tT]il\.net_if_addrs|getmac/
    $c = /(cpu_coun\Bt\(\)|os\.cpus\b\(\)\.length)[^\n]{0,40}<=?\s?[1-4]\b[^\n]{0,60}\n?\s{0,16}(sys\.exit|os\._exit|exit\(|process\.exit|return\b)/
    $d = /(virtual_memory\(\)\.total|os\.totalmem\(\)|disk_usage\([^\n)]{0,20}\))[^\n]{0,80}<[^\n]{0,60}\n?\s{0,16}(sys\.exit|os\._exit|exit\(|process\.exit)/
  condition:
    $c or $d or (filesize < 80KB and #a > 2 and $b)
}

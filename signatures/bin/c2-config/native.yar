// Machine-code sequences of connect-back stagers for x86 and x86-64 Linux, next to a /bin/sh immediate or a read into a
// fresh mapping. Compilers do not emit these push/pop forms.
rule c2_config_connect_stager {
  meta:
    id = "c2-config-connect-stager"
    severity = "high"
    confidence = "likely"
    description = "Bare code that opens a socket and hands it to a shell or runs received bytes"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-23"
  strings:
    $s64 = { 6A 29 58 [0-4] 6A 02 5F 6A 01 5E [0-3] 0F 05 }
    $s64b = { 6A 29 58 99 6A 02 5F 6A 01 5E 0F 05 }
    $s32 = { 31 DB F7 E3 53 43 53 6A 02 (89 E1 B0 66 CD 80 | B0 66 89 E1 CD 80) }
    $s32b = { 6A 66 58 (6A 01 5B | 99 31 DB 43) [0-6] 6A 02 89 E1 CD 80 }
    $sh64 = { 48 (BB|B8|BF) 2F 62 69 6E 2F (73 68 00 | 2F 73 68) [0-20] (0F 05 | B0 3B | 6A 3B 58) }
    $sh32 = { 68 2F 2F 73 68 68 2F 62 69 6E 89 E3 [0-12] CD 80 }
  condition:
    any of them
}

// Build paths and class names that only the agents (or their servers) of known frameworks contain. Security products that list
// them hold them as rule text, not as symbol paths with a version.
rule c2_config_framework_marker {
  meta:
    id = "c2-config-framework-marker"
    severity = "high"
    confidence = "likely"
    description = "Module paths or class names of a remote-control framework"
    reference = "https://attack.mitre.org/techniques/T1071/"
    date = "2026-11-23"
  strings:
    $a1 = "bishopfox/sliver/implant"
    $a2 = "bishopfox/sliver/protobuf/sliverpb"
    $a3 = "Ne0nd0g/merlin-agent"
    $a4 = "MythicAgents/"
    $a5 = "tiagorlampert/CHAOS"
    $a6 = "XZB-1248/Spark/client"
    $a7 = "GruntHTTP" fullword
    $a8 = "GruntStager" fullword
    $a9 = "mythic_c2_profile"
    $b1 = "demon.x64.dll"
    $b2 = "beacon.x64.dll"
    $b3 = "beacon.dll" fullword
    $b4 = "brute-ratel" nocase
    $b5 = "badger_x64"
    $b6 = "pupyimporter"
    $b7 = "AsyncClientRAT"
    $b8 = "Quasar.Client"
    $b9 = "SharpC2.Drone"
    $c1 = "NimPlant v"
    $c2 = "geacon/cmd"
    $c4 = "rssh/internal/client"
    $c5 = "NHAS/reverse_ssh/internal/client"
    $c7 = "Client.Algorithm\x00Client.Helper"
    // A scanner says what it found by the names of the products; an agent names neither itself nor its rivals.
    $n1 = "Cobalt Strike"
    $n2 = "Sliver" fullword
    $n3 = "Mythic" fullword
    $n4 = "Meterpreter"
    $n5 = "Havoc" fullword
    $n6 = "Brute Ratel"
    $n7 = "Metasploit"
    $n8 = "Empire" fullword
    $n9 = "Covenant" fullword
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and (any of ($a*) or any of ($b*) or any of ($c*)) and not 4 of ($n*)
}

// First entries of the settings table under the two usual one-byte keys, or in clear; the byte run is too regular to arise by chance.
rule c2_config_beacon_block {
  meta:
    id = "c2-config-beacon-block"
    severity = "high"
    confidence = "likely"
    description = "Encoded settings block of a known beacon"
    reference = "https://attack.mitre.org/techniques/T1001/"
    date = "2026-11-23"
  strings:
    $x2e = { 2E 2F 2E 2F 2E 2C ?? ?? 2E 2C 2E 2F 2E 2C }
    $x69 = { 69 68 69 68 69 6B ?? ?? 69 6B 69 68 69 6B }
    $p1 = "%s (admin)" fullword
    $p2 = "could not spawn %s (token): %d"
    $p3 = "I'm already in SMB mode"
    $p4 = "%02d/%02d/%02d %02d:%02d:%02d" fullword
    $p5 = "Could not open process token: %d (%u)"
  condition:
    any of ($x*) or 3 of ($p*)
}

// Channel and standard-API command names of a session agent stand in one string cluster.
rule c2_config_session_agent {
  meta:
    id = "c2-config-session-agent"
    severity = "high"
    confidence = "likely"
    description = "Command names of an interactive remote-control agent"
    reference = "https://attack.mitre.org/techniques/T1071/"
    date = "2026-11-23"
  strings:
    $a = "core_channel_open"
    $a2 = "core_transport_set_timeouts"
    $b = /stdapi_(fs|sys|net|ui|webcam)_[a-z_]{3,30}/
    $c = "metsrv"
    $d = "ext_server_"
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and filesize < 12MB and 2 of them and ($a or $a2 or #b >= 3)
}

// Small program with socket calls, a shell path and such a name. Tools for admins (socat, ncat) do not name their functions so.
rule c2_config_named_reverse_shell {
  meta:
    id = "c2-config-named-reverse-shell"
    severity = "high"
    confidence = "likely"
    description = "Program has a function or message named for a reverse or bind shell and runs a shell"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-23"
  strings:
    $n1 = /\x00_?(do_|start_|spawn_|run_|main\.)?(reverse|rev|bind|back|connect_?back|web|remote)_?(shell|connect)\x00/ nocase
    $n2 = /(reverse|connect-?back|bind) ?shell (to|on|from|started|connected|spawned|listening|failed)/ nocase
    $s1 = "socket" fullword
    $s2 = "connect" fullword
    $s3 = "_socket" fullword
    $s4 = "WSASocketA" fullword
    $s5 = "WSASocketW" fullword
    $s6 = "bind" fullword
    $sh1 = /\/bin\/(ba|z|da)?sh/
    $sh2 = "cmd.exe" nocase
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and filesize < 4MB and any of ($n*) and any of ($s*) and any of ($sh*)
}

// connect, dup2, exec and /bin/sh in a program below 40 kB. netcat and inetd-like tools share it, so it needs a second sign.
rule c2_config_small_shell_socket {
  meta:
    id = "c2-config-small-shell-socket"
    severity = "medium"
    confidence = "likely"
    description = "Small program connects out, joins the socket to its standard streams and runs a shell"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-23"
  strings:
    $c = "connect" fullword
    $d = "dup2" fullword
    $e = /\x00exec(ve|v|l|le|vp|lp)\x00/
    $s = /\x00\/bin\/(ba)?sh\x00/
    $i1 = "inet_addr" fullword
    $i2 = "inet_pton" fullword
    $i3 = "htons" fullword
    $i4 = "inet_aton" fullword
    $u1 = "getopt_long" fullword
    $u2 = "usage:" nocase
  condition:
    uint32(0) == 0x464c457f and filesize < 40KB and $c and $d and $e and $s and any of ($i*) and not any of ($u*)
}

// The bash and mkfifo one-liners inside a compiled file. Bash itself only has the bare path.
rule c2_config_dev_tcp {
  meta:
    id = "c2-config-dev-tcp"
    severity = "high"
    confidence = "likely"
    description = "Compiled program carries a shell command that connects through /dev/tcp or a named pipe"
    reference = "https://attack.mitre.org/techniques/T1059/004/"
    date = "2026-11-23"
  strings:
    $a = /(ba)?sh -i ?[<>&0-9 ]{1,8}\/dev\/(tcp|udp)\/[^\x00\n ]{3,80}/
    $b = /mkfifo [^\x00\n]{1,60};[^\x00\n]{0,80}(nc|ncat|telnet|openssl) [^\x00\n]{2,80}/
    $c = /\bnc(at)? (-[a-z]{1,5} )?[^\x00\n]{4,50} (-e|-c) (\/bin\/)?(ba)?sh/
    $d = /socat [^\x00\n]{0,40}exec:['"]?(\/bin\/)?(ba)?sh/ nocase
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and any of them
}

// A literal bot token or webhook id in a binary is a sending channel owned by its author. Client libraries build the URL from
// parameters.
rule c2_config_chat_token {
  meta:
    id = "c2-config-chat-token"
    severity = "high"
    confidence = "likely"
    description = "Compiled program contains a complete chat-service bot token or webhook"
    reference = "https://attack.mitre.org/techniques/T1567/"
    date = "2026-11-23"
  strings:
    $t = /api\.telegram\.org(\.invalid)?\/bot[0-9]{8,10}:[A-Za-z0-9_-]{30,40}/
    $d = /discord(app)?\.com(\.invalid)?\/api\/(v[0-9]{1,2}\/)?webhooks\/[0-9]{16,20}\/[A-Za-z0-9_-]{20,80}/
    $tw = "api.telegram.org/bot" wide
    $s = /hooks\.slack\.com(\.invalid)?\/services\/T[A-Z0-9]{8,10}\/B[A-Z0-9]{8,12}\/[A-Za-z0-9]{20,30}/
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and any of ($t, $d, $s) or (uint16(0) == 0x5a4d and filesize < 3MB and $tw)
}

// Strings of the Mirai/Gafgyt line: query floods, loader paths and killer lists in a small program.
rule c2_config_flood_bot {
  meta:
    id = "c2-config-flood-bot"
    severity = "high"
    confidence = "likely"
    description = "Device-bot vocabulary: attack names with address, route or watchdog handling"
    reference = "https://attack.mitre.org/techniques/T1498/"
    date = "2026-11-23"
  strings:
    $a1 = "TSource Engine Query"
    $a2 = /(UDP|TCP|STD|HTTP|SYN|ACK|VSE|XMAS|OVH|NFO)(FLOOD|RAW|PLAIN|HEX|BYPASS)\b/
    $a3 = "/dev/misc/watchdog"
    $a4 = "LOLNOGTFO"
    $a5 = "KILLATTK"
    $a6 = "BOGOMIPS" fullword
    $a7 = "/bin/busybox "
    $a8 = "dvrHelper"
    $a9 = "enable\x00system\x00shell\x00sh\x00"
    $b1 = "/proc/net/route"
    $b2 = "/dev/watchdog"
    $b3 = "/proc/net/tcp"
    $b4 = /\x00[1-9][0-9]{0,2}(\.[0-9]{1,3}){3}:[0-9]{1,5}\x00/
    $ua = "Mozilla/5.0 ("
  condition:
    uint32(0) == 0x464c457f and filesize < 1MB and ( 2 of ($a*) or (any of ($a*) and any of ($b*)) or ($b1 and $b4 and #ua >= 3) )
}

// The note and a payment or contact word within 1500 bytes. Anti-virus content may quote it; developer packages do not.
rule c2_config_ransom_note {
  meta:
    id = "c2-config-ransom-note"
    severity = "high"
    confidence = "likely"
    description = "Program text tells a victim that files are encrypted and how to pay"
    reference = "https://attack.mitre.org/techniques/T1486/"
    date = "2026-11-23"
  strings:
    $a = /(all (of )?)?your (important |personal )?(files|documents|data|network)[a-z, ]{0,60}(have been|has been|are|were|is) (encrypted|locked)/ nocase
    $aw = "files have been encrypted" wide nocase
    $b1 = "bitcoin" nocase
    $b2 = ".onion" nocase
    $b3 = /decrypt(ion|or)? (key|tool|software|your)/ nocase
    $b4 = "restore your files" nocase
    $b5 = "recover your files" nocase
    $b6 = "monero" nocase fullword
    $b7 = /[0-9]\.?[0-9]* ?(BTC|XMR)\b/
    $b8 = "do not rename" nocase
    $bw1 = "bitcoin" wide nocase
    $bw2 = ".onion" wide
    $bw3 = "decrypt" wide nocase
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and ( ($a and for any i in (1..10) : ( any of ($b*) in (@a[i]-1500..@a[i]+1500) )) or ($aw and for any i in (1..10) : ( any of ($bw*) in (@aw[i]-3000..@aw[i]+3000) )) )
}

// vssadmin/wbadmin/bcdedit or Defender exclusion commands as literals in a compiled file.
rule c2_config_recovery_kill {
  meta:
    id = "c2-config-recovery-kill"
    severity = "high"
    confidence = "likely"
    description = "Program carries commands that delete restore points or switch off protection"
    reference = "https://attack.mitre.org/techniques/T1490/"
    date = "2026-11-23"
  strings:
    $a = /vssadmin(\.exe)? delete shadows/ nocase
    $aw = "vssadmin delete shadows" wide nocase
    $aw2 = "vssadmin.exe delete shadows" wide nocase
    $b = /wmic(\.exe)? shadowcopy delete/ nocase
    $c = "wbadmin delete catalog" nocase ascii wide
    $d = /bcdedit(\.exe)? \/set \{default\} (recoveryenabled no|bootstatuspolicy ignoreallfailures)/ nocase
    $e = /Add-MpPreference -Exclusion(Path|Process|Extension)/ nocase
    $ew = "Add-MpPreference -Exclusion" wide nocase
    $f = /Set-MpPreference -Disable(RealtimeMonitoring|IOAVProtection|ScriptScanning|BehaviorMonitoring)/ nocase
    $fw = "Set-MpPreference -DisableRealtimeMonitoring" wide nocase
  condition:
    uint16(0) == 0x5a4d and filesize < 20MB and any of them
}

// ms-settings or mscfile command keys together with the tool that reads them; installers never write there.
rule c2_config_uac_bypass {
  meta:
    id = "c2-config-uac-bypass"
    severity = "high"
    confidence = "likely"
    description = "Program writes the registry command used by auto-elevating Windows tools"
    reference = "https://attack.mitre.org/techniques/T1548/002/"
    date = "2026-11-23"
  strings:
    $k = /Software\\Classes\\(ms-settings|mscfile|exefile|Folder)\\shell\\open\\command/ nocase
    $kw = "Classes\\ms-settings\\shell\\open\\command" wide nocase
    $kw2 = "Classes\\mscfile\\shell\\open\\command" wide nocase
    $t = /(fodhelper|computerdefaults|eventvwr|sdclt|slui|wsreset)\.exe/ nocase
    $tw = /(fodhelper|computerdefaults|eventvwr|sdclt|wsreset)\.exe/ wide nocase
  condition:
    uint16(0) == 0x5a4d and any of ($k*) and any of ($t*)
}

// Hidden PowerShell, certutil, mshta or bitsadmin with an address, or a piped shell download with a bare address, as one literal.
// Install hints in help texts name a host and are printed, so plain curl-pipe needs a numeric host. Libraries that open a page in the browser from
// within Linux on Windows spell -NoProfile and -EncodedCommand out.
rule c2_config_download_cradle {
  meta:
    id = "c2-config-download-cradle"
    severity = "high"
    confidence = "likely"
    description = "Compiled program carries a download-and-run command line"
    reference = "https://attack.mitre.org/techniques/T1059/001/"
    date = "2026-11-23"
  strings:
    $a = /p\wwe\wsh\wll[^\x00\n]{0,120}(DownloadString|DownloadFile|DownloadData|FromBase64String)\(/ nocase
    $b = /powershell[^\x00\n]{0,60}(-w(indowstyle)? hidden|-nop )[^\x00\n]{0,80}(-enc|-e |iex|iwr |irm )/ nocase
    $c = /certutil(\.exe)? [^\x00\n]{0,30}-urlcache[^\x00\n]{0,40}https?:/ nocase
    $d = /mshta(\.exe)? ["']?(https?:|javascript:|vbscript:)/ nocase
    $e = /bitsadmin(\.exe)? \/transfer [^\x00\n]{1,80}https?:/ nocase
    $f = /(curl|wget) [^\x00\n]{0,40}https?:\/\/[0-9]{1,3}(\.[0-9]{1,3}){3}[^\x00\n]{0,100}(\| ?(ba)?sh|-o \/tmp\/|-O \/tmp\/|chmod |-o "?%(TEMP|TMP|APPDATA|LOCALAPPDATA|PUBLIC)%)/
    $aw = "DownloadString(" wide nocase
    $pw = "powershell" wide nocase
    $g = /regsvr32(\.exe)? \/s[^\x00\n]{0,20} \/i:https?:/ nocase
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and ( any of ($a, $b, $c, $d, $e, $f, $g) or (uint16(0) == 0x5a4d and filesize < 1MB and $aw and $pw) )
}

// HISTFILE=/dev/null or unset beside a prompt or terminal setting inside a compiled program that calls exec. Shells
// themselves mention HISTFILE without a value, and take no variable out of the environment by the C library's function.
rule c2_config_shell_history_off {
  meta:
    id = "c2-config-shell-history-off"
    severity = "high"
    confidence = "likely"
    description = "Program starts a shell with history switched off"
    reference = "https://attack.mitre.org/techniques/T1070/003/"
    date = "2026-11-23"
  strings:
    $h = /HIST(FILE|SIZE|FILESIZE)=(\/dev\/null|0)?\x00/
    $h2 = /(unset HIST(FILE|ORY)|HISTFILE=\/dev\/null|set \+o history)/
    $h3 = /\x00HISTFILE\x00/
    $u = /\x00unsetenv\x00/
    $m = "MYSQL_HISTFILE=/dev/null"
    $s = /\/bin\/(ba)?sh/
    $p1 = /PS1=[^\x00]{1,40}\x00/
    $p2 = "TERM="
    $p3 = "/dev/ptmx"
    $p4 = "openpty"
    $p5 = "forkpty"
    $e = /\x00exec(ve|v|l|le|vp|lp)\x00/
  condition:
    uint32(0) == 0x464c457f and filesize < 3MB and ( $m or (any of ($h, $h2) and $s and any of ($p*) and filesize < 1MB) or ($h2 and $e) or ($h3 and $u and $s and any of ($p3, $p4, $p5) and filesize < 300KB) )
}

// Password-store paths of two or more browsers, the unlock function, and wallets or a sending channel in one file below
// 12 MB. Browsers themselves know only their own paths.
rule c2_config_stealer_stores {
  meta:
    id = "c2-config-stealer-stores"
    severity = "high"
    confidence = "likely"
    description = "Program reads browser stores of several vendors and can unlock and send them"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-23"
  strings:
    $b1 = /Google[\\\/]Chrome[\\\/]/
    $b2 = /BraveSoftware[\\\/]Brave-Browser/
    $b3 = /Microsoft[\\\/]Edge[\\\/]/
    $b4 = "Opera Software"
    $b5 = /Yandex[\\\/]YandexBrowser/
    $b6 = "Vivaldi" fullword
    $w1 = /Google\\Chrome\\/ wide
    $w2 = /BraveSoftware\\Brave-Browser/ wide
    $w3 = "Opera Software" wide
    $l1 = "Login Data" ascii wide
    $l2 = "logins.json" ascii wide
    $l3 = "Web Data" ascii wide
    $c1 = "CryptUnprotectData"
    $c2 = "encrypted_key" ascii wide
    $c3 = "find-generic-password"
    $c4 = "Safe Storage"
    $x1 = "nkbihfbeogaeaoehlefnkodbefgpgknn" ascii wide
    $x2 = /(Exodus|E\Blectrum|atomic|Coinomi)[\\\/](exodus\.wallet|wallets|Local Storage|Coinomi)/ nocase
    $x3 = /Telegram Desktop[\\\/]tdata/
    $x4 = "api.telegram.org" ascii wide
    $x5 = /webhooks\/[0-9]{16}/
    $x6 = "leveldb" fullword
    $x7 = "login.keychain-db"
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and filesize < 12MB and (2 of ($b*) or 2 of ($w*)) and any of ($l*) and any of ($c*) and any of ($x*)
}

// A command line with a place for the address: fetch into a file, make it executable, start it. Installers of honest
// programs write such lines into scripts, with their own address; a format string is filled with one that is not there.
rule c2_config_fetch_chmod_start {
  meta:
    id = "c2-config-fetch-chmod-start"
    severity = "high"
    confidence = "likely"
    description = "Compiled program carries a command line that fetches a file, makes it executable and starts it"
    reference = "https://attack.mitre.org/techniques/T1105/"
    date = "2026-11-27"
  strings:
    $a = /(curl|wget) [^\x00\n]{1,120}(&&|;) ?chmod (\+x|a\+x|0?7[0-7][0-7]) [^\x00\n]{1,80}(&&|;) ?(nohup |sudo |exec )?(\.\/|\/(tmp|var\/tmp|dev\/shm)\/)/
    $b = /(curl|wget) [^\x00\n]{1,120}(%s|https?:\/\/)[^\x00\n]{0,120}\| ?(sudo )?(ba|da|z)?sh\b[^\x00\n]{0,20}(>|&)/
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface or (uint32be(0) == 0xcafebabe and uint32be(4) < 20))) and filesize < 12MB and any of them
}

// The name of the function that hands scripts to virus scanners, beside the one that logs events or the library of the
// first, and the protection that is taken off memory. Who asks the scanner has to set up a session with it first; the
// C runtime of mingw takes protection off its own pages.
rule c2_config_scan_interface_patched {
  meta:
    id = "c2-config-scan-interface-patched"
    severity = "high"
    confidence = "likely"
    description = "Program looks up the script-scanning and event functions and takes the protection off memory"
    reference = "https://attack.mitre.org/techniques/T1562/001/"
    date = "2026-11-27"
  strings:
    $a = "AmsiScanBuffer" fullword
    $b = "EtwEventWrite" fullword
    $v = "VirtualProtect"
    $v2 = "NtProtectVirtualMemory"
    $g = "GetProcAddress"
    $l = "amsi.dll" nocase
    $i = "AmsiInitialize" fullword
  condition:
    uint16(0) == 0x5a4d and filesize < 1MB and $a and ($b or ($l and not $i)) and any of ($v, $v2) and $g
}

// Places of secrets of four kinds that no single program serves (keys of SSH, clouds, clusters, registries of packages,
// browsers, wallets), in a small program that sends. Backup tools know no names; scanners for secrets know patterns, send
// nothing, and are large; programs of one cloud know that cloud's.
rule c2_config_many_stores_sent {
  meta:
    id = "c2-config-many-stores-sent"
    severity = "high"
    confidence = "likely"
    description = "Small program names secret files of four kinds and sends"
    reference = "https://attack.mitre.org/techniques/T1552/001/"
    date = "2026-11-27"
  strings:
    $a1 = ".ssh/id_rsa"
    $a2 = ".ssh/id_ed25519"
    $b1 = ".aws/credentials"
    $b2 = ".config/gcloud"
    $b3 = ".azure/accessTokens"
    $b4 = "application_default_credentials.json"
    $c1 = ".kube/config"
    $c2 = ".docker/config.json"
    $d1 = ".npmrc"
    $d2 = ".pypirc"
    $d3 = ".git-credentials"
    $d4 = ".netrc"
    $e1 = "Login Data" ascii wide
    $e2 = "logins.json" ascii wide
    $e3 = "key4.db" ascii wide
    $f1 = ".config/solana/id.json"
    $f2 = ".ethereum/keystore"
    $f3 = "wallet.dat"
    $f4 = ".electrum"
    $n1 = "connect" fullword
    $n2 = "sendto" fullword
    $n3 = "curl_easy_perform" fullword
    $n4 = "InternetOpen"
    $n5 = "WSAStartup"
    $n6 = "WinHttpOpen"
  condition:
    (uint32(0) == 0x464c457f or uint16(0) == 0x5a4d or (uint32(0) == 0xfeedfacf or uint32(0) == 0xfeedface)) and filesize < 3MB and any of ($n*)
    and ( (any of ($a*) and any of ($b*) and any of ($c*) and any of ($d*))
       or (any of ($e*) and any of ($f*) and any of ($a*, $b*) and any of ($c*, $d*))
       or (any of ($a*) and any of ($b*) and any of ($e*) and any of ($c*, $d*, $f*)) )
}

// Saved passwords of two browsers' vendors, what unlocks them, and a connection, in a program of less than two megabytes.
// Browsers import from one another and are large.
rule c2_config_two_browsers_sent {
  meta:
    id = "c2-config-two-browsers-sent"
    severity = "high"
    confidence = "likely"
    description = "Small program reads saved passwords of two browsers, unlocks them and connects"
    reference = "https://attack.mitre.org/techniques/T1555/003/"
    date = "2026-11-27"
  strings:
    $b1 = /Google\\+Chrome\\+User Data/ ascii wide
    $b2 = /BraveSoftware\\+Brave-Browser\\+User Data/ ascii wide
    $b3 = /Microsoft\\+Edge\\+User Data/ ascii wide
    $b4 = "Opera Software" ascii wide
    $b5 = /Mozilla\\+Firefox\\+Profiles/ ascii wide
    $l1 = "Login Data" ascii wide
    $l2 = "logins.json" ascii wide
    $c1 = "CryptUnprotectData"
    $c2 = "BCryptDecrypt"
    $n1 = "WSAStartup"
    $n2 = "InternetOpen"
    $n3 = "WinHttpOpen"
    $n4 = "URLDownloadToFile"
    $n5 = "curl_easy_perform"
  condition:
    uint16(0) == 0x5a4d and filesize < 2MB and 2 of ($b*) and any of ($l*) and any of ($c*) and any of ($n*)
}

// Capability: names a tunnel program on a command line. Dev servers offer public links this way.
rule tunnel_proxy_command {
  meta:
    id = "tunnel-proxy-command"
    severity = "low"
    confidence = "likely"
    description = "Runs a tunnel program"
    reference = "https://attack.mitre.org/techniques/T1572/"
    date = "2026-11-23"
  strings:
    $a = /\bclo\Budflared(\.exe)? (tunnel|access)|\bngrok(\.exe)? (http|tcp|start|authtoken)|\bchisel(\.exe)? (client|server)|\bfrpc(\.exe)? -c|ssh [^\n]{0,60}-R ?\d{2,5}:localhost:\d{2,5} ?[\w@.]{0,20}(serveo\.net|localhost\.run|a\.pinggy\.io)|\bbore local \d|ngrok\.connect\(|pinggy\.io/
  condition:
    $a
}

// Tunnel started hidden or detached: access left behind, not offered.
rule tunnel_proxy_hidden {
  meta:
    id = "tunnel-proxy-hidden"
    severity = "high"
    confidence = "likely"
    description = "Tunnel or remote-desktop program is started hidden"
    reference = "https://attack.mitre.org/techniques/T1572/"
    date = "2026-11-23"
  strings:
    $a = /["'`\/\\ ](clo\Budflared|ngrok|chisel|frpc|r\Bathole|gost|lo\waltunnel|r\Bustdesk|anydesk|AnyDesk|hvnc|tightvnc)(\.exe)?["'`]?[,\s]{1,3}\[?\s?["'`]?(tunnel|http|tcp|client|-c|server|start|-L|local|--install|--port|-f)/
    $h = /CREAT\BE_NO_WINDOW|DETACHED_PROCESS|0x\B08000000|detached: ?(true|!0)|windowsHide: ?(true|!0)|nohup |-WindowStyle Hidden|sta\Brt_[nN]e\Bw_session=True|SW_HIDE|-w hid\Bden|setsid /
  condition:
    filesize < 100KB and (for any i in (1..#a) : ( i < 8 and ($h in (@a[i]-150..@a[i]+300)) ))
}

// A page far away says over a socket which address a browser is to open, and the headers that protect that address are taken off for it: the
// browser is a proxy. Tools that take headers off do so by a rule of their own, for who uses them.
rule tunnel_proxy_browser_on_order {
  meta:
    id = "tunnel-proxy-browser-on-order"
    severity = "high"
    confidence = "certain"
    description = "An extension opens addresses that a socket names, without the headers that protect them"
    reference = "https://secureannex.com/blog/mellow-drama/"
    date = "2026-12-01"
  strings:
    $w = /new WebS\Bocket\(|\.onmess\Bage/
    $d = /declarativeNetRequest\.update(Session|Dynamic)Ru\Bles\(/
    $x = /x-frame-opt\Bions/ nocase
    $c = /content-security-pol\Bicy/ nocase
    $r = /["'`]rem\Bove["'`]/
    $j = /JSON\.pa\Brse\(/
    $u = /(urlFilter|requestDomains|regexFilter): ?\[?[a-z_$]/
  condition:
    filesize < 300KB and all of them
}

// On the pages of a shop every link gets one's own mark, those of others are taken off, or a page of a dealer in links is opened where nobody
// sees it. Who links to a shop marks the links of its own pages.
rule tunnel_affiliate_links_taken {
  meta:
    id = "affiliate-links-taken-over"
    severity = "high"
    confidence = "likely"
    description = "A script on the pages of shops marks all links as its own and takes off or hides other marks"
    reference = "https://socket.dev/blog/malicious-chrome-extension-injects-affiliate-links"
    date = "2026-12-01"
  strings:
    $t = /searchPar\Bams\.(set|append)\(["'`](tag|aff_?(id|iliate)?|aff_fcid|campid|ascsubtag)["'`]/
    $l = /location\.(host|hostname|href)\b/
    $s = /["'`](www\.)?(amazon|aliexpress|ebay|walmart|etsy|temu|shein|bestbuy)\.[a-z.]{2,6}["'`]/
    $o = /MutationObs\Berver|querySelector\BAll\(|setInt\Berval\(/
    $h1 = /searchPar\Bams\.del\Bete\(["'`](tag|ascsubtag|linkCode|aff|ref)/
    $h2 = /(width: ?0|height: ?0|left: ?-\d{3,5}px|display: ?none)/
    $i = /createElem\Bent\(["'`](iframe|img)["'`]\)/
  condition:
    filesize < 300KB and $t and $l and $s and $o and ($h1 or ($h2 and $i))
}

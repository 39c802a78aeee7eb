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

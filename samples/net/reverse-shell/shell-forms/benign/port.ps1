$t = New-Object System.Net.Sockets.TcpClient
$t.Connect("localhost", 443); $t.Connected; $t.Close()

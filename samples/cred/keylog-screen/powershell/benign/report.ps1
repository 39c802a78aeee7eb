# Collects versions for a support ticket.
$info = Get-ComputerInfo | Select-Object OsName, OsVersion
$info | ConvertTo-Json | Out-File support.json
Invoke-WebRequest -Uri https://support.vendor.invalid/template.json -OutFile template.json

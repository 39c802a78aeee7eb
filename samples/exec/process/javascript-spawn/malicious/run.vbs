WScript.Quit
Set s = CreateObject("WScript.Shell")
s.Run "powershell -File inert.ps1", 0, False

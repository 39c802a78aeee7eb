Set s = CreateObject("WScript.Shell")
s.Run "notepad.exe readme.txt", 1, True

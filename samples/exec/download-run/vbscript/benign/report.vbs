' Writes the names of the files of a folder into a list, and shows it.
Option Explicit
Dim fs, list, file, shell
Set fs = CreateObject("Scripting.FileSystemObject")
Set shell = CreateObject("WScript.Shell")
Set list = fs.CreateTextFile(shell.ExpandEnvironmentStrings("%TEMP%") & "\list.txt", True)
For Each file In fs.GetFolder(".").Files
  If LCase(fs.GetExtensionName(file.Name)) = "csv" Then list.WriteLine file.Name
Next
list.Close
shell.Run "notepad.exe %TEMP%\list.txt", 1, True

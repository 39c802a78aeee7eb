Attribute VB_Name = "modRates"
Public Sub Refresh()
    Set d = CreateObject("Scripting.Dictionary")
    d("a") = Split("84 90 95 84", " ")
End Sub

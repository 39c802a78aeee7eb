Attribute VB_Name = "modRates"
Option Explicit

Public Sub RefreshRates()
    Dim h As Object
    Set h = CreateObject("MSXML2.XMLHTTP")
    h.Open "GET", ThisWorkbook.Names("RatesUrl").RefersToRange.Value, False
    h.send
    If h.Status = 200 Then ThisWorkbook.Worksheets("Rates").Range("A1").Value = h.responseText
End Sub

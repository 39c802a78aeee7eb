Set objws = WScript.CreateObject("WScript.Shell")
exitCode = objws.Run("cmd /D /C move """ & folder & "\container\*.msi"" """ & folder & """", 0, True)

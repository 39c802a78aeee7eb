"""Fetches the matching driver, checks the published digest, then starts it."""
import hashlib
import os
import subprocess
import requests

BASE = "https://drivers.project.example/{version}/driver_{platform}.zip"

def fetch(version, platform, digest, target):
    reply = requests.get(BASE.format(version=version, platform=platform))
    if hashlib.sha256(reply.content).hexdigest() != digest:
        raise ValueError("digest does not match")
    with open(target, "wb") as handle:
        handle.write(reply.content)
    os.chmod(target, 0o755)
    return target

def start(target):
    return subprocess.Popen([target, "--port", "0"])

"""Removes its temporary download after the checksum was read."""
import hashlib
import os
import subprocess


def digest(path):
    data = open(path, "rb").read()
    os.remove(path)
    subprocess.run(["sync"])
    return hashlib.sha256(data).hexdigest()

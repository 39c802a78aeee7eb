"""Fetches templates and unpacks them; no part of them is started."""
import os
import subprocess

import requests


def templates(base, folder):
    ticket = requests.get("https://data.invalid/ticket").json()["id"]
    os.system(f"curl -s -L https://data.invalid/{ticket}.tgz | tar xzf - -C {folder}")
    os.system(f"touch {folder}/{ticket}.index")
    archive = os.path.join(folder, "driver.zip")
    with open(archive, "wb") as out:
        out.write(requests.get("https://data.invalid/driver.zip").content)
    subprocess.run(["unzip", archive, "-d", folder])
    subprocess.run(["lipo", "-create", "-output", "both", archive])

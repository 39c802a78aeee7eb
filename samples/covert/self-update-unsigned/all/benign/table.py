"""A table of names; run as a program, it writes the table anew into its own text."""
import re
from pathlib import Path

NAMES = {}
BLOCK = re.compile(r"NAMES = \{.*?\}", re.S)

if __name__ == "__main__":
    import requests

    found = requests.get("https://api.invalid/names").json()
    lines = ",".join(f"{name!r}: {address!r}" for name, address in found.items())
    Path(__file__).write_text(BLOCK.sub("NAMES = {" + lines + "}", Path(__file__).read_text()))

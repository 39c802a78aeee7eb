"""Puts the header of the project, which lies beside this script, before every file of a folder."""
import glob
import os
import sys

HERE = os.path.dirname(__file__)

with open(os.path.join(HERE, "header.txt")) as handle:
    HEADER = handle.read()

for path in glob.glob(os.path.join(sys.argv[1], "*.py")):
    with open(path, "r") as handle:
        text = handle.read()
    if not text.startswith(HEADER):
        with open(path, "w") as handle:
            handle.write(HEADER + text)

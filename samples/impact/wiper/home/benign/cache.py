"""Clears the cache folder below the home directory."""
import os
import shutil
from pathlib import Path


def clear():
    home = Path.home()
    shutil.rmtree(home / ".cache" / "ourtool", ignore_errors=True)
    shutil.rmtree(os.path.expanduser("~/.ourtool/tmp"), ignore_errors=True)

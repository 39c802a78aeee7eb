"""Refuses to benchmark on a machine that is too small."""
import os
import subprocess
import sys

if os.cpu_count() < 4:
    sys.exit("at least four processors are needed")
subprocess.run(["./bench", "--all"], check=True)

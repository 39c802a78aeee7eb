"""Builds and uploads this project."""
import subprocess
import sys

subprocess.check_call([sys.executable, "-m", "build"])
subprocess.check_call([sys.executable, "-m", "twine", "upload", "dist/*"])
subprocess.check_call(["git", "push", "--tags"])

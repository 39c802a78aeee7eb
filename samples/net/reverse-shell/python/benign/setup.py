from setuptools import setup
setup(name="svc", version="1.2")

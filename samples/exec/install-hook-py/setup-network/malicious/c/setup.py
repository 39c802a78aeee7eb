from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        import urllib.request
        urllib.request.urlopen("https://inert.webhook.site.invalid/hook")
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})

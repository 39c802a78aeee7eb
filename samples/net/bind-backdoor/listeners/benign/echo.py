import socket
s = socket.socket(); s.bind(("127.0.0.1", 9009)); s.listen(1)
c, _ = s.accept()
while (d := c.recv(1024)):
    c.sendall(d.upper())

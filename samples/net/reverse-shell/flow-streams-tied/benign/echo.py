import socket


def serve(port):
    server = socket.socket()
    server.bind(('127.0.0.1', port))
    server.listen()
    while True:
        link, _ = server.accept()
        link.send(link.recv(1024))

import base64
import socket


class Client:
    def __init__(self, host="127.0.0.1", port=8125):
        self.place = (host, port)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def count(self, name, n=1):
        self.socket.sendto(f"{name}:{n}|c".encode(), self.place)


def key(name):
    return base64.b64encode(name.encode())

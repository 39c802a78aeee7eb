import socket


def address(name):
    return socket.gethostbyname(name)
